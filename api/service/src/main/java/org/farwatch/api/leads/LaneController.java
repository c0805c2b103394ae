package org.farwatch.api.leads;

import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /lanes}: into which lanes an alert of each kind may be put, the proposed one first. */
@RestController
@RequestMapping("/api/v1/lanes")
class LaneController {
    private final Lanes lanes;

    LaneController(Lanes lanes) {
        this.lanes = lanes;
    }

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Page<Lanes.Fitting> lanes() {
        return Page.all(lanes.all());
    }
}

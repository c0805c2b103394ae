package org.farwatch.api.telemetry;

import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.LiveViews;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /positions/latest}: the live board for those who poll. */
@RestController
@RequestMapping("/api/v1/positions")
class PositionController {
    private final LivePositions positions;
    private final LiveViews views;

    PositionController(LivePositions positions, LiveViews views) {
        this.positions = positions;
        this.views = views;
    }

    @GetMapping("/latest")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Page<Object> latest(@RequestParam(required = false) double[] bbox, Caller caller) {
        if (bbox != null && bbox.length != 4) {
            throw Refusal.field("bbox", "must be four numbers: west,south,east,north");
        }
        views.polled(caller, bbox);
        DataScope scope = caller.scope();
        List<Object> items = positions.all().stream()
                .filter(item -> scope.sees(item.squadNo()) && inside(item, bbox))
                .map(LiveItem::body)
                .toList();
        return Page.all(items);
    }

    private static boolean inside(LiveItem item, double[] bbox) {
        return bbox == null
                || item.longitude() >= bbox[0]
                        && item.latitude() >= bbox[1]
                        && item.longitude() <= bbox[2]
                        && item.latitude() <= bbox[3];
    }
}

package org.farwatch.api.own;

import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /me}: an officer's duties and what is held about him. Who looked at it says {@code /view-log/mine}; his tasks
 * and findings are in {@code /tasks} and {@code /findings}.
 */
@RestController
@RequestMapping("/api/v1/me")
class OwnController {
    private final OwnRecord record;

    OwnController(OwnRecord record) {
        this.record = record;
    }

    /** @throws Refusal 404 for somebody who is no officer of the register */
    @GetMapping
    @Permit(Role.OFFICER)
    OwnPage page(Caller caller) {
        return record.page(caller.officerId())
                .orElseThrow(() -> Refusal.notFound("officer of user", caller.username()));
    }

    @GetMapping("/held")
    @Permit(Role.OFFICER)
    OwnPage.Held held(Caller caller) {
        return record.held(caller.officerId());
    }
}

package org.farwatch.api.findings;

import jakarta.validation.Valid;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /findings/{id}/…}: one route for each action, open to the roles that {@link FindingAction#FLOW} names for it. */
@RestController
@RequestMapping("/api/v1/findings/{id}")
class FindingActions {
    private final Findings findings;

    FindingActions(Findings findings) {
        this.findings = findings;
    }

    @PostMapping("/explain")
    @Permit({Role.SQUAD_LEADER, Role.OFFICER})
    Finding explain(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.EXPLAIN, act, caller);
    }

    @PostMapping("/accept")
    @Permit(Role.INSPECTOR)
    Finding accept(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.ACCEPT, act, caller);
    }

    @PostMapping("/confirm")
    @Permit(Role.INSPECTOR)
    Finding confirm(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.CONFIRM, act, caller);
    }

    @PostMapping("/request-review")
    @Permit(Role.SQUAD_LEADER)
    Finding requestReview(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.REQUEST_REVIEW, act, caller);
    }

    @PostMapping("/uphold")
    @Permit(Role.INSPECTOR)
    Finding uphold(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.UPHOLD, act, caller);
    }

    @PostMapping("/overturn")
    @Permit(Role.INSPECTOR)
    Finding overturn(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.OVERTURN, act, caller);
    }

    @PostMapping("/rectify")
    @Permit(Role.SQUAD_LEADER)
    Finding rectify(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.RECTIFY, act, caller);
    }

    @PostMapping("/recheck-failed")
    @Permit(Role.INSPECTOR)
    Finding recheckFailed(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.RECHECK_FAILED, act, caller);
    }

    @PostMapping("/recheck-passed")
    @Permit(Role.INSPECTOR)
    Finding recheckPassed(@PathVariable String id, @Valid @RequestBody Act act, Caller caller) {
        return act(id, FindingAction.RECHECK_PASSED, act, caller);
    }

    @PostMapping("/close")
    @Permit(Role.INSPECTOR)
    Finding close(@PathVariable String id, @Valid @RequestBody Closing closing, Caller caller) {
        return findings.close(id, Ids.parse(Findings.SUBJECT, id), closing, caller);
    }

    private Finding act(String id, FindingAction action, Act act, Caller caller) {
        return findings.act(id, Ids.parse(Findings.SUBJECT, id), action, act, caller);
    }
}

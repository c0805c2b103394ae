package org.farwatch.api.leads;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /alerts}: what somebody must act on, and what he decided. */
@RestController
@RequestMapping("/api/v1/alerts")
class AlertController {
    private static final String SUBJECT = "alert";

    private final Alerts alerts;

    private final Lanes lanes;

    AlertController(Alerts alerts, Lanes lanes) {
        this.alerts = alerts;
        this.lanes = lanes;
    }

    /**
     * @param version that the caller saw
     * @param lane where it goes on, null for nowhere: then it is confirmed and no more
     * @param squadId who is to settle it, null for the squad of the alert; only with a lane
     */
    record Confirmation(
            int version,
            @Size(max = 500) String note,
            @Size(max = 40) String lane,
            String squadId) {}

    /** @param reason one that {@link DismissReason} allows for its kind */
    record Dismissal(
            int version, String reason, @Size(max = 500) String note) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Page<Alert> alerts(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String streamId,
            @RequestParam(required = false) Boolean trial,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        AlertState wanted;
        try {
            wanted = state == null ? null : AlertState.of(state);
        } catch (IllegalArgumentException e) {
            throw Refusal.field("state", e.getMessage().replaceFirst("^state ", ""));
        }
        List<Alert> found = alerts.list(
                new Alerts.Filter(wanted, kind, Ids.field("streamId", streamId), trial, from, to),
                scope,
                cursor == null ? null : place(cursor),
                most);
        return new Page<>(
                found,
                found.size() < most
                        ? null
                        : Cursor.of(found.getLast().raisedAt(), found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Alert alert(@PathVariable String id, DataScope scope) {
        return alerts.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    @PostMapping("/{id}/confirm")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    Alert confirm(@PathVariable String id, @Valid @RequestBody Confirmation confirmation, Caller caller) {
        return alerts.decide(
                id,
                Ids.parse(SUBJECT, id),
                confirmation.version(),
                AlertState.CONFIRMED,
                confirmation.lane(),
                confirmation.note(),
                caller,
                alert -> open(alert, confirmation, caller));
    }

    @PostMapping("/{id}/dismiss")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    Alert dismiss(@PathVariable String id, @Valid @RequestBody Dismissal dismissal, Caller caller) {
        return alerts.decide(
                id,
                Ids.parse(SUBJECT, id),
                dismissal.version(),
                AlertState.DISMISSED,
                dismissal.reason(),
                dismissal.note(),
                caller,
                _ -> {});
    }

    private void open(Alert alert, Confirmation confirmation, Caller caller) {
        if (confirmation.lane() != null) {
            lanes.require(alert.kind(), confirmation.lane())
                    .open(alert, new Lane.Wanted(confirmation.squadId(), confirmation.note()), caller);
        } else if (confirmation.squadId() != null) {
            throw Refusal.field("squadId", "is for an alert that goes into a lane; name one");
        }
    }

    private static String[] place(String cursor) {
        String[] key = Cursor.parse(cursor, 2);
        return new String[] {Cursor.instant(key[0]).toString(), Long.toString(Cursor.number(key[1]))};
    }
}

package org.farwatch.api.duty;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.duty.Roster.PostEntry;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.presence.Duty;
import org.farwatch.geo.presence.PresenceTracker;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /duties}: the roster, and what the positions prove of it. */
@RestController
@RequestMapping("/api/v1/duties")
class DutyController {
    private static final String SUBJECT = "duty";
    private static final Duration LONGEST = Duration.ofDays(2);
    private static final Duration SHOWN_AROUND_NOW = Duration.ofHours(12);

    private final Duties duties;
    private final RosterReader reader;
    private final StoredTracks stored;
    private final PresenceThresholds thresholds;
    private final PresenceWatch watch;
    private final DutyChange changes;
    private final AuditLog audit;
    private final ViewLog views;
    private final Clock clock;

    DutyController(
            Duties duties,
            RosterReader reader,
            StoredTracks stored,
            PresenceThresholds thresholds,
            PresenceWatch watch,
            DutyChange changes,
            AuditLog audit,
            ViewLog views,
            Clock clock) {
        this.duties = duties;
        this.reader = reader;
        this.stored = stored;
        this.thresholds = thresholds;
        this.watch = watch;
        this.changes = changes;
        this.audit = audit;
        this.views = views;
        this.clock = clock;
    }

    /** @param state what is held of it now, null when it is not on */
    record Shown(
            String id,
            String officerId,
            String officerName,
            String deviceId,
            String postId,
            String postName,
            String squadId,
            Instant start,
            Instant end,
            @JsonInclude(JsonInclude.Include.ALWAYS) String state,
            int version) {}

    record NewDuty(
            String officerId,
            String deviceId,
            @NotNull String postId,
            @NotNull Instant start,
            @NotNull Instant end) {}

    record Change(int version, String postId, Instant start, Instant end) {}

    record Presence(String dutyId, List<Interval> intervals) {
        record Interval(Instant from, Instant to, String state, String cause) {}
    }

    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<Shown> duties(
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String officerId,
            @RequestParam(required = false) Integer limit,
            DataScope scope) {
        Instant now = clock.instant();
        Instant start = from == null ? now.minus(SHOWN_AROUND_NOW) : from;
        Instant end = to == null ? now.plus(SHOWN_AROUND_NOW) : to;
        if (!start.isBefore(end)) {
            throw Refusal.field("to", "must be after from (" + start + "), was " + end);
        }
        return Page.all(duties
                .list(
                        start,
                        end,
                        Ids.field("squadId", squadId),
                        Ids.field("officerId", officerId),
                        scope,
                        limit == null ? Page.MAX_LIMIT : Page.clamp(limit))
                .stream()
                .map(this::show)
                .toList());
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Shown duty(@PathVariable String id, DataScope scope) {
        return show(find(id, scope));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.SQUAD_LEADER})
    @Transactional
    Shown create(@Valid @RequestBody NewDuty wanted, Caller caller) {
        if (wanted.officerId() == null && wanted.deviceId() == null) {
            throw Refusal.field("officerId", "or deviceId must be given");
        }
        requireTime(wanted.start(), wanted.end());
        Long officerId = Ids.field("officerId", wanted.officerId());
        changes.requireKnown(officerId, wanted.deviceId(), Ids.field("postId", wanted.postId()), caller.scope());
        if (officerId != null && duties.overlaps(officerId, wanted.start(), wanted.end(), 0)) {
            throw Refusal.field("start", "overlaps another duty of this officer");
        }
        long id = duties.insert(
                officerId, wanted.deviceId(), Ids.field("postId", wanted.postId()), wanted.start(), wanted.end());
        Duties.Stored created = find(Long.toString(id), caller.scope());
        audit.record(caller, "create", SUBJECT, created.id(), null, created);
        changes.afterCommit(id);
        return show(created);
    }

    @PatchMapping("/{id}")
    @Permit({Role.OPERATOR, Role.SQUAD_LEADER})
    @Transactional
    Shown change(@PathVariable String id, @Valid @RequestBody Change change, Caller caller) {
        Duties.Stored before = find(id, caller.scope());
        long key = Ids.parse(SUBJECT, id);
        Instant start = change.start() == null ? before.start() : change.start();
        Instant end = change.end() == null ? before.end() : change.end();
        requireTime(start, end);
        Long postId = Ids.field("postId", change.postId());
        if (postId != null) {
            changes.requireKnown(null, null, postId, caller.scope());
        }
        if (before.officerId() != null
                && duties.overlaps(Ids.field("officerId", before.officerId()), start, end, key)) {
            throw Refusal.field("start", "overlaps another duty of this officer");
        }
        if (!duties.update(key, change.version(), postId, change.start(), change.end())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Duties.Stored after = find(id, caller.scope());
        audit.record(caller, "change", SUBJECT, id, before, after);
        changes.afterCommit(key);
        return show(after);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.SQUAD_LEADER})
    @Transactional
    void cancel(@PathVariable String id, @RequestParam int version, Caller caller) {
        Duties.Stored before = find(id, caller.scope());
        long key = Ids.parse(SUBJECT, id);
        if (!duties.cancel(key, version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "cancel", SUBJECT, id, before, null);
        changes.afterCommit(key);
    }

    /** Computed from the stored positions each time it is asked, so it is never older than they are. */
    @GetMapping("/{id}/presence")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Presence presence(@PathVariable String id, Caller caller) {
        Duties.Stored duty = find(id, caller.scope());
        views.record(caller, "presence", id, duty.officerName(), duty.start(), duty.end());
        Roster roster = reader.readOne(Ids.parse(SUBJECT, id));
        Entry entry = roster.duties().values().iterator().next();
        PostEntry post = roster.posts().get(entry.postId());
        PresenceTracker tracker =
                new PresenceTracker(new Duty(duty.start(), duty.end(), post.border()), thresholds.rules());
        stored.feed(tracker, entry, roster.devicesOfDuty().get(entry.id()));
        return new Presence(
                id,
                tracker.intervals(clock.instant()).stream()
                        .map(interval -> new Presence.Interval(
                                interval.from(),
                                interval.to(),
                                interval.state().label(),
                                interval.cause().label()))
                        .toList());
    }

    private Duties.Stored find(String id, DataScope scope) {
        return duties.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private static void requireTime(Instant start, Instant end) {
        if (!start.isBefore(end)) {
            throw Refusal.field("end", "must be after start (" + start + "), was " + end);
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw Refusal.field("end", "must be at most " + LONGEST.toHours() + " hours after start, was " + end);
        }
    }

    private Shown show(Duties.Stored duty) {
        return new Shown(
                duty.id(),
                duty.officerId(),
                duty.officerName(),
                duty.deviceId(),
                duty.postId(),
                duty.postName(),
                duty.squadId(),
                duty.start(),
                duty.end(),
                watch.current(Long.parseLong(duty.id()))
                        .map(interval -> interval.state().label())
                        .orElse(null),
                duty.version());
    }
}

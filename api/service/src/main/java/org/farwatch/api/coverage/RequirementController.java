package org.farwatch.api.coverage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.coverage.Requirements.Look;
import org.farwatch.api.coverage.Requirements.Once;
import org.farwatch.api.coverage.Requirements.Source;
import org.farwatch.api.coverage.Requirements.Weekly;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
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

/**
 * {@code /requirements}: what has to be recorded. A change ends one and makes another from then on, so that the coverage
 * of the past stays what it was.
 */
@RestController
@RequestMapping("/api/v1/requirements")
class RequirementController {
    private static final String SUBJECT = "requirement";
    private static final Duration LONGEST = Duration.ofDays(366);
    /** So long after it was made a requirement can be withdrawn as a mistake. */
    private static final Duration MISTAKE = Duration.ofDays(1);

    private final Requirements requirements;
    private final StreamBook streams;
    private final AuditLog audit;
    private final Clock clock;

    RequirementController(Requirements requirements, StreamBook streams, AuditLog audit, Clock clock) {
        this.requirements = requirements;
        this.streams = streams;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Either a stretch of time or hours of weekdays.
     *
     * @param source absent: {@code camera-hours} for hours of weekdays, {@code manual} for a stretch
     * @param days 1 Monday to 7 Sunday, on which the hours begin
     * @param startTime {@code HH:mm} of the bureau's clock
     * @param endTime the same, excluded; on the next day unless after startTime
     * @param validFrom of hours of weekdays: from when on they count; absent: from now on
     */
    record NewRequirement(
            @NotBlank String streamId,
            Source source,
            Instant from,
            Instant to,
            List<Integer> days,
            String startTime,
            String endTime,
            Instant validFrom) {
        Requirements.When when() {
            if (from == null && to == null && days == null && startTime == null && endTime == null) {
                throw Refusal.field("from", "and to must be given, or days, startTime and endTime");
            }
            if (from == null && to == null) {
                return new HoursText(days, startTime, endTime).weekly();
            }
            refuseBesideFrom("days", days);
            refuseBesideFrom("startTime", startTime);
            refuseBesideFrom("endTime", endTime);
            refuseBesideFrom("validFrom", validFrom);
            return once();
        }

        private Once once() {
            HoursText.require("from", from, "to");
            HoursText.require("to", to, "from");
            if (!from.isBefore(to)) {
                throw Refusal.field("to", "must be after from (" + from + "), was " + to);
            }
            if (Duration.between(from, to).compareTo(LONGEST) > 0) {
                throw Refusal.field("to", "must be at most " + LONGEST.toDays() + " days after from, was " + to);
            }
            return new Once(from, to);
        }

        private static void refuseBesideFrom(String field, Object value) {
            if (value != null) {
                throw Refusal.field(field, "must not be given with from or to, was " + value);
            }
        }
    }

    /**
     * Other hours in place of those before; members as in {@link NewRequirement}, all of the hours.
     *
     * @param validFrom absent: from now on
     */
    record NewHours(int version, List<Integer> days, String startTime, String endTime, Instant validFrom) {}

    /**
     * As the API gives it: members as in {@link NewRequirement}.
     *
     * @param validTo until when it counts, absent while it holds
     * @param made when it was entered
     */
    record Shown(
            String id,
            String streamId,
            Source source,
            Instant from,
            Instant to,
            List<Integer> days,
            String startTime,
            String endTime,
            Instant validFrom,
            Instant validTo,
            Instant made,
            int version) {
        static Shown of(Requirements.Stored stored) {
            String id = Long.toString(stored.id());
            String stream = Long.toString(stored.streamId());
            return switch (stored.when()) {
                case Once(Instant from, Instant to) ->
                    new Shown(
                            id,
                            stream,
                            stored.source(),
                            from,
                            to,
                            null,
                            null,
                            null,
                            null,
                            stored.validTo(),
                            stored.made(),
                            stored.version());
                case Weekly(List<Integer> days, LocalTime start, LocalTime end) ->
                    new Shown(
                            id,
                            stream,
                            stored.source(),
                            null,
                            null,
                            days,
                            HoursText.of(start),
                            HoursText.of(end),
                            stored.validFrom(),
                            stored.validTo(),
                            stored.made(),
                            stored.version());
            };
        }
    }

    /** @param ended also those that hold no more */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Shown> requirements(
            @RequestParam(required = false) String streamId,
            @RequestParam(defaultValue = "false") boolean ended,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        long after = cursor == null ? 0 : Cursor.number(Cursor.parse(cursor, 1)[0]);
        Long stream = streamId == null
                ? null
                : streams.find(Ids.parse("stream", streamId), scope)
                        .orElseThrow(() -> Refusal.notFound("stream", streamId))
                        .id();
        List<Shown> found = requirements.list(stream, new Look(scope, ended, clock.instant()), after, most).stream()
                .map(Shown::of)
                .toList();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER})
    @Transactional
    Shown create(@Valid @RequestBody NewRequirement wanted, Caller caller) {
        Requirements.When when = wanted.when();
        StreamBook.Entry stream = streams.find(Ids.field("streamId", wanted.streamId()), caller.scope())
                .orElseThrow(() -> Refusal.field("streamId", "names no stream of yours: " + wanted.streamId()));
        Source source = switch (when) {
            case Once _ -> Source.MANUAL;
            case Weekly _ -> Source.CAMERA_HOURS;
        };
        Instant validFrom = wanted.validFrom() == null ? clock.instant() : wanted.validFrom();
        Shown created =
                insert(stream.id(), wanted.source() == null ? source : wanted.source(), when, validFrom, null, caller);
        audit.record(caller, "create", SUBJECT, created.id(), null, created);
        return created;
    }

    /** What it asked for until then stays required; the answer is the new one, with an id of its own. */
    @PatchMapping("/{id}")
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER})
    @Transactional
    Shown change(@PathVariable String id, @Valid @RequestBody NewHours wanted, Caller caller) {
        Instant now = clock.instant();
        Requirements.Stored before = find(id, caller, now);
        if (!(before.when() instanceof Weekly)) {
            throw Refusal.field("id", "is that of a stretch of time: end it and make another");
        }
        Weekly hours = new HoursText(wanted.days(), wanted.startTime(), wanted.endTime()).weekly();
        Instant earliest = before.validFrom().isAfter(now) ? before.validFrom() : now;
        Instant at = wanted.validFrom() == null ? earliest : wanted.validFrom();
        if (at.isBefore(earliest)) {
            throw Refusal.field("validFrom", "must not be before " + earliest + ": what counted stays; was " + at);
        }
        if (before.validTo() != null && !at.isBefore(before.validTo())) {
            throw Refusal.field("validFrom", "must be before the end of these hours, " + before.validTo());
        }
        if (!requirements.end(before.id(), wanted.version(), at)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Shown after = insert(before.streamId(), before.source(), hours, at, before.validTo(), caller);
        audit.record(caller, "change", SUBJECT, id, Shown.of(before), after);
        return after;
    }

    /**
     * What it asked for until now stays required.
     *
     * @param mistake it was never right and is to have never counted; only within a day after it was made
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER})
    @Transactional
    void end(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam(defaultValue = "false") boolean mistake,
            Caller caller) {
        Instant now = clock.instant();
        Requirements.Stored before = find(id, caller, now);
        if (mistake && before.made().plus(MISTAKE).isBefore(now)) {
            throw Refusal.field("mistake", "must be noticed within a day: it was made " + before.made());
        }
        boolean done = mistake
                ? requirements.withdraw(before.id(), version, now)
                : requirements.end(before.id(), version, now);
        if (!done) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, mistake ? "withdraw" : "end", SUBJECT, id, Shown.of(before), null);
    }

    private Shown insert(long stream, Source source, Requirements.When when, Instant from, Instant to, Caller caller) {
        long id = requirements
                .insert(stream, source, when, from, to)
                .orElseThrow(
                        () -> Refusal.field("streamId", "names a stream that is retired or a loudspeaker: " + stream));
        return Shown.of(requirements.find(id, Look.all(caller.scope())).orElseThrow());
    }

    private Requirements.Stored find(String id, Caller caller, Instant now) {
        return requirements
                .find(Ids.parse(SUBJECT, id), new Look(caller.scope(), false, now))
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}

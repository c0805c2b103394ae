package org.farwatch.api.video;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.Requirements.Once;
import org.farwatch.api.video.Requirements.Source;
import org.farwatch.api.video.Requirements.Weekly;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /requirements}: what has to be recorded. They are made and taken back, never changed. */
@RestController
@RequestMapping("/api/v1/requirements")
class RequirementController {
    private static final String SUBJECT = "requirement";
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final Requirements requirements;
    private final StreamTable streams;
    private final AuditLog audit;

    RequirementController(Requirements requirements, StreamTable streams, AuditLog audit) {
        this.requirements = requirements;
        this.streams = streams;
        this.audit = audit;
    }

    /**
     * Either a stretch of time or hours of weekdays.
     *
     * @param source absent: {@code camera-hours} for hours of weekdays, {@code manual} for a stretch
     * @param days 1 Monday to 7 Sunday, on which the hours begin
     * @param startTime {@code HH:mm} of the bureau's clock
     * @param endTime the same, excluded; on the next day unless after startTime
     */
    record NewRequirement(
            @NotBlank String streamId,
            Source source,
            Instant from,
            Instant to,
            List<Integer> days,
            String startTime,
            String endTime) {
        Requirements.When when() {
            if (from == null && to == null && days == null && startTime == null && endTime == null) {
                throw Refusal.field("from", "and to must be given, or days, startTime and endTime");
            }
            if (from == null && to == null) {
                return weekly();
            }
            refuseBesideFrom("days", days);
            refuseBesideFrom("startTime", startTime);
            refuseBesideFrom("endTime", endTime);
            return once();
        }

        private Once once() {
            require("from", from, "to");
            require("to", to, "from");
            if (!from.isBefore(to)) {
                throw Refusal.field("to", "must be after from (" + from + "), was " + to);
            }
            if (Duration.between(from, to).compareTo(LONGEST) > 0) {
                throw Refusal.field("to", "must be at most " + LONGEST.toDays() + " days after from, was " + to);
            }
            return new Once(from, to);
        }

        private Weekly weekly() {
            require("days", days, "startTime and endTime");
            require("startTime", startTime, "days and endTime");
            require("endTime", endTime, "days and startTime");
            boolean inRange = days.stream().allMatch(day -> day != null && day >= 1 && day <= 7);
            if (days.isEmpty() || !inRange || new HashSet<>(days).size() < days.size()) {
                throw Refusal.field("days", "must be some of 1 (Monday) to 7 (Sunday), each once; was " + days);
            }
            return new Weekly(days.stream().sorted().toList(), time("startTime", startTime), time("endTime", endTime));
        }

        private static void refuseBesideFrom(String field, Object value) {
            if (value != null) {
                throw Refusal.field(field, "must not be given with from or to, was " + value);
            }
        }

        private static void require(String field, Object value, String others) {
            if (value == null) {
                throw Refusal.field(field, "must be given with " + others);
            }
        }

        private static LocalTime time(String field, String text) {
            try {
                return LocalTime.parse(text, HOURS);
            } catch (DateTimeException e) {
                throw Refusal.field(field, "must be a time such as 08:30, from 00:00 to 23:59, was " + text);
            }
        }
    }

    /** As the API gives it: members as in {@link NewRequirement}. */
    record Shown(
            String id,
            String streamId,
            Source source,
            Instant from,
            Instant to,
            List<Integer> days,
            String startTime,
            String endTime,
            int version) {
        static Shown of(Requirements.Stored stored) {
            String id = Long.toString(stored.id());
            String stream = Long.toString(stored.streamId());
            return switch (stored.when()) {
                case Once(Instant from, Instant to) ->
                    new Shown(id, stream, stored.source(), from, to, null, null, null, stored.version());
                case Weekly(List<Integer> days, LocalTime start, LocalTime end) ->
                    new Shown(
                            id,
                            stream,
                            stored.source(),
                            null,
                            null,
                            days,
                            HOURS.format(start),
                            HOURS.format(end),
                            stored.version());
            };
        }
    }

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Shown> requirements(
            @RequestParam(required = false) String streamId,
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
        List<Shown> found = requirements.list(stream, scope, after, most).stream()
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
        StreamTable.Stored stream = streams.find(Ids.field("streamId", wanted.streamId()), caller.scope())
                .orElseThrow(() -> Refusal.field("streamId", "names no stream of yours: " + wanted.streamId()));
        Source source = switch (when) {
            case Once _ -> Source.MANUAL;
            case Weekly _ -> Source.CAMERA_HOURS;
        };
        long id = requirements.insert(stream.id(), wanted.source() == null ? source : wanted.source(), when);
        Shown created = Shown.of(requirements.find(id, caller.scope()).orElseThrow());
        audit.record(caller, "create", SUBJECT, created.id(), null, created);
        return created;
    }

    /** What it asked for was never required, also in the past; the audit log keeps that it was. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.ADMINISTRATOR, Role.LEGAL_REVIEWER})
    @Transactional
    void retire(@PathVariable String id, @RequestParam int version, Caller caller) {
        Requirements.Stored before = requirements
                .find(Ids.parse(SUBJECT, id), caller.scope())
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!requirements.retire(before.id(), version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "retire", SUBJECT, id, Shown.of(before), null);
    }
}

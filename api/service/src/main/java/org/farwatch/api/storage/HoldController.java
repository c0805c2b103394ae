package org.farwatch.api.storage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.DeletionTable;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Holds: recordings that retention does not touch until somebody releases them; and what of a stream is held or deleted. */
@RestController
@RequestMapping("/api/v1")
class HoldController {
    private static final String SUBJECT = "hold";
    private static final Duration LONGEST = Duration.ofDays(366);

    private final HoldTable table;
    private final DeletionTable deletions;
    private final StreamBook streams;
    private final StorageSettings settings;
    private final AuditLog audit;
    private final Clock clock;

    HoldController(
            HoldTable table,
            DeletionTable deletions,
            StreamBook streams,
            StorageSettings settings,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.deletions = deletions;
        this.streams = streams;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param from of the recordings; whole segments are held that lie at least partly in the time */
    record NewHold(
            @NotBlank String streamId,
            @NotNull Instant from,
            @NotNull Instant to,
            @NotBlank @Size(max = 500) String reason) {}

    record Release(
            @NotNull Integer version,
            @NotBlank @Size(max = 500) String why) {}

    /** As the API gives it; members as in {@link HoldTable.Hold}. */
    record Shown(
            String id,
            String streamId,
            String streamName,
            Instant from,
            Instant to,
            String reason,
            String source,
            String madeBy,
            Instant madeAt,
            String releasedBy,
            Instant releasedAt,
            String releasedWhy,
            int version) {
        static Shown of(HoldTable.Hold hold) {
            return new Shown(
                    Long.toString(hold.id()),
                    Long.toString(hold.stream()),
                    hold.streamName(),
                    hold.from(),
                    hold.to(),
                    hold.reason(),
                    hold.source(),
                    hold.madeBy(),
                    hold.madeAt(),
                    hold.releasedBy(),
                    hold.releasedAt(),
                    hold.releasedWhy(),
                    hold.version());
        }
    }

    /** @param holdId absent where it follows from an activity or a supervision lead, which {@code subjectId} names */
    record ShownHeld(Instant from, Instant to, String source, String holdId, String subjectId) {
        static ShownHeld of(HoldTable.Held held) {
            return new ShownHeld(held.from(), held.to(), held.source(), text(held.hold()), text(held.subject()));
        }

        private static String text(Long id) {
            return id == null ? null : Long.toString(id);
        }
    }

    /** What of a stream is held, and what was deleted. */
    record Kept(List<ShownHeld> held, List<DeletionTable.Deleted> deleted) {}

    @GetMapping("/holds")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<Shown> holds(
            @RequestParam(required = false) String streamId,
            @RequestParam(defaultValue = "false") boolean released,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        Long before = cursor == null ? null : Long.valueOf(Cursor.number(Cursor.parse(cursor, 1)[0]));
        Long stream = streamId == null ? null : Long.valueOf(stream(streamId, scope));
        List<HoldTable.Hold> found = table.list(stream, released, before, most + 1, scope);
        boolean more = found.size() > most;
        List<HoldTable.Hold> page = more ? found.subList(0, most) : found;
        return new Page<>(
                page.stream().map(Shown::of).toList(),
                more ? Cursor.of(page.getLast().id()) : null);
    }

    @PostMapping("/holds")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    Shown hold(@Valid @RequestBody NewHold wanted, Caller caller) {
        if (!wanted.from().isBefore(wanted.to())
                || Duration.between(wanted.from(), wanted.to()).compareTo(LONGEST) > 0) {
            throw Refusal.field(
                    "to",
                    "must be after from (" + wanted.from() + ") and at most " + LONGEST.toDays() + " days later, was "
                            + wanted.to());
        }
        Long stream = Ids.field("streamId", wanted.streamId());
        if (streams.find(stream, caller.scope()).isEmpty()) {
            throw Refusal.field("streamId", "names nothing that exists: " + wanted.streamId());
        }
        if (table.open() >= settings.holds()) {
            throw new Refusal(
                    409, "too many holds", settings.holds() + " holds are open (farwatch.storage.holds): release some");
        }
        long id = table.insert(
                stream, wanted.from(), wanted.to(), wanted.reason().strip(), caller.username(), clock.instant());
        Shown made = Shown.of(table.find(id, caller.scope()).orElseThrow());
        audit.record(caller, "create", SUBJECT, made.id(), null, made);
        return made;
    }

    /** From then on its recordings go when their time is up. */
    @PostMapping("/holds/{id}/release")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    Shown release(@PathVariable String id, @Valid @RequestBody Release release, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        HoldTable.Hold before = table.find(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!table.release(key, release.version(), release.why().strip(), caller.username(), clock.instant())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Shown after = Shown.of(table.find(key, caller.scope()).orElseThrow());
        audit.record(caller, "release", SUBJECT, id, Shown.of(before), after);
        return after;
    }

    /** For the time axis of a stream. */
    @GetMapping("/streams/{id}/kept")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Kept kept(@PathVariable String id, @RequestParam Instant from, @RequestParam Instant to, DataScope scope) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be after from and at most " + LONGEST.toDays() + " days later, was " + to);
        }
        long stream = stream(id, scope);
        return new Kept(
                table.held(stream, from, to, Page.MAX_LIMIT).stream()
                        .map(ShownHeld::of)
                        .toList(),
                deletions.between(stream, from, to));
    }

    private long stream(String id, DataScope scope) {
        return streams.find(Ids.parse("stream", id), scope)
                .orElseThrow(() -> Refusal.notFound("stream", id))
                .id();
    }
}

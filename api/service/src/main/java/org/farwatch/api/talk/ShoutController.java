package org.farwatch.api.talk;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /shouts}: says a stored announcement by loudspeakers, and lists all that was said to devices. */
@RestController
@RequestMapping("/api/v1/shouts")
class ShoutController {
    private static final String SUBJECT = "shout";
    private static final int MOST_STREAMS = 256;

    private final Orders orders;
    private final TalkDesk desk;
    private final ShoutTable table;
    private final AnnouncementTable announcements;
    private final AuditLog audit;

    ShoutController(Orders orders, TalkDesk desk, ShoutTable table, AnnouncementTable announcements, AuditLog audit) {
        this.orders = orders;
        this.desk = desk;
        this.table = table;
        this.announcements = announcements;
        this.audit = audit;
    }

    /**
     * @param clip id of an announcement
     * @param alertId what it is made for, absent for no alert
     */
    record NewShout(
            @NotNull @Size(min = 1, max = MOST_STREAMS) List<@NotNull String> streams,
            @NotBlank String clip,
            @Min(1) @Max(5) Integer times,
            @NotBlank @Size(max = 200) String purpose,
            String alertId) {}

    /**
     * One call of a loudspeaker.
     *
     * @param batch the same for those that were called together
     * @param user who spoke; {@code name} as it was shown then
     * @param state {@code calling}, {@code open}, {@code ended}, or {@code unknown} when the service died meanwhile
     * @param outcome see {@link Outcome}, absent before the end
     * @param reason in the words of the device or of whoever ended it
     * @param seconds of sound that were sent
     * @param lost pieces of 20 ms that were not
     */
    record Shout(
            String id,
            String batch,
            String streamId,
            String streamName,
            String squadId,
            String user,
            String name,
            ShoutKind kind,
            String announcement,
            Integer times,
            String purpose,
            String alertId,
            Instant at,
            String state,
            Outcome outcome,
            String reason,
            Instant openedAt,
            Instant endedAt,
            double seconds,
            int lost) {}

    /**
     * @param count all that were asked for, on however many pages
     * @param heard those of them of which the device took sound
     */
    record Shouts(List<Shout> items, String next, long count, long heard) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Shouts shouts(
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) String streamId,
            @RequestParam(required = false) String alertId,
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        Long before = cursor == null ? null : Long.valueOf(Cursor.number(Cursor.parse(cursor, 1)[0]));
        ShoutTable.Filter filter = new ShoutTable.Filter(
                from, to, Ids.field("streamId", streamId), Ids.field("alertId", alertId), Ids.field("batch", batch));
        // Before the table: what is written meanwhile is then known by one of both.
        Map<Long, LoudspeakerCall> underWay = desk.underWay();
        List<ShoutTable.Row> found = table.list(filter, before, most + 1, scope);
        boolean more = found.size() > most;
        List<ShoutTable.Row> page = more ? found.subList(0, most) : found;
        ShoutTable.Figures figures = table.count(filter, scope);
        return new Shouts(
                page.stream().map(row -> shown(row, underWay.get(row.id()))).toList(),
                more ? Cursor.of(page.getLast().id()) : null,
                figures.all(),
                figures.heard());
    }

    /** Calls the loudspeakers and says the announcement; what becomes of each, {@code GET /shouts?batch=} says. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    Shouts shout(@Valid @RequestBody NewShout wanted, Caller caller) {
        AnnouncementTable.Sound clip = announcements
                .sound(Ids.field("clip", wanted.clip()))
                .orElseThrow(() -> Refusal.field("clip", "names no announcement: " + wanted.clip()));
        int times = wanted.times() == null ? 1 : wanted.times();
        Viewing viewing = Viewing.current().saying("purpose", wanted.purpose());
        List<Order> each = orders.several(
                "streams",
                wanted.streams(),
                new Orders.Common(caller, viewing, ShoutKind.ANNOUNCEMENT, wanted.alertId(), clip.name(), times));
        Long batch = null;
        Refusal last = null;
        for (Order order : each) {
            try {
                LoudspeakerCall call = desk.begin(order, batch, new ClipSound(clip.alaw(), times), _ -> {});
                batch = batch == null ? Long.valueOf(call.id()) : batch;
            } catch (Refusal e) {
                last = e;
            }
        }
        if (batch == null) {
            // Each is spoken to by somebody else.
            throw last;
        }
        Shouts made = shouts(null, null, null, null, Long.toString(batch), MOST_STREAMS, null, caller.scope());
        audit.record(caller, "create", SUBJECT, Long.toString(batch), null, wanted);
        return made;
    }

    /** Ends what one said oneself, before its end. */
    @PostMapping("/{batch}/end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    void end(@PathVariable String batch, Caller caller) {
        ShoutTable.Filter filter = new ShoutTable.Filter(null, null, null, null, Ids.parse(SUBJECT, batch));
        List<Long> mine = table.list(filter, null, MOST_STREAMS, caller.scope()).stream()
                .filter(row -> row.username().equals(caller.username()))
                .map(ShoutTable.Row::id)
                .toList();
        if (mine.isEmpty()) {
            throw Refusal.notFound(SUBJECT, batch);
        }
        desk.endWhere(call -> mine.contains(call.id()), Outcome.CANCELLED);
        audit.record(caller, "end", SUBJECT, batch, null, null);
    }

    private static Shout shown(ShoutTable.Row row, LoudspeakerCall call) {
        LoudspeakerCall.Result written = row.ended();
        LoudspeakerCall.Result facts = written == null && call != null ? call.result() : written;
        boolean known = facts != null;
        return new Shout(
                Long.toString(row.id()),
                Long.toString(row.batch()),
                Long.toString(row.streamId()),
                row.streamName(),
                row.squadNo() == null ? null : Long.toString(row.squadNo()),
                row.username(),
                row.displayName(),
                row.kind(),
                row.announcement(),
                row.times(),
                row.purpose(),
                row.alertId() == null ? null : Long.toString(row.alertId()),
                row.at(),
                known ? facts.state().label() : "unknown",
                known ? facts.outcome() : null,
                known ? facts.reason() : null,
                known ? facts.opened() : null,
                known ? facts.ended() : null,
                known ? facts.millis() / 1_000.0 : 0,
                known ? facts.lost() : 0);
    }
}

package org.farwatch.api.inspection;

import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /draws}: planned, frozen, drawn; each by a click of its own, perhaps by different people. */
@RestController
@RequestMapping("/api/v1/draws")
class DrawController {
    private static final String SUBJECT = "draw";

    private final Draws draws;
    private final DrawPools pools;
    private final DrawDesk desk;

    DrawController(Draws draws, DrawPools pools, DrawDesk desk) {
        this.draws = draws;
        this.pools = pools;
        this.desk = desk;
    }

    /** @param version that the caller saw */
    record Step(int version) {}

    /** @param reason one line, required */
    record Cancellation(int version, String reason) {}

    /**
     * What a plan would draw from, as things are now.
     *
     * @param covered ids of squads that draws of the period named before
     * @param before ids of items that they named
     */
    record Preview(List<DrawItem> items, List<DrawInspector> inspectors, List<String> covered, List<String> before) {}

    /** Newest first. */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<ShownDraw> list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        List<ShownDraw> found = draws
                .list(
                        state == null ? null : label("state", DrawState.class, state),
                        kind == null ? null : label("kind", DrawKind.class, kind),
                        cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                        caller.scope(),
                        most)
                .stream()
                .map(draw -> ShownDraw.of(draw, caller.roles()))
                .toList();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/pool")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Preview pool(
            @RequestParam String kind,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) Instant poolFrom,
            @RequestParam(required = false) Instant poolTo,
            @RequestParam(required = false) String replaces,
            DataScope scope) {
        DrawKind wanted = label("kind", DrawKind.class, kind);
        NewDraw.requireSpan("from", from, "to", to);
        NewDraw.Span span = NewDraw.Span.of(wanted, from, to, poolFrom, poolTo);
        DrawPools.Named named = pools.named(wanted, from, to, Ids.field("replaces", replaces));
        List<DrawItem> items = pools.pool(wanted, span.from(), span.to(), scope);
        return new Preview(
                items,
                pools.inspectors(),
                items.stream()
                        .map(DrawItem::squadId)
                        .filter(squad -> squad != null && named.squads().contains(squad))
                        .distinct()
                        .toList(),
                items.stream().map(DrawItem::id).filter(named.items()::contains).toList());
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    ShownDraw draw(@PathVariable String id, Caller caller) {
        return show(Ids.parse(SUBJECT, id), caller);
    }

    /**
     * What leaves the house: what {@code verify} repeats the draw from. Of a frozen draw it is what was committed to,
     * without a result.
     */
    @GetMapping(value = "/{id}/record", produces = MediaType.APPLICATION_JSON_VALUE)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    ResponseEntity<byte[]> record(@PathVariable String id, DataScope scope) {
        Draws.Stored draw = draws.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (draw.document() == null) {
            throw new Refusal(
                    409,
                    "no record yet",
                    "draw " + id + " is " + draw.state().label() + " and was never frozen: there is no record of it");
        }
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"farwatch-draw-" + draw.id() + ".json\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(draw.document().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    ShownDraw plan(@Valid @RequestBody NewDraw wanted, Caller caller) {
        return show(desk.plan(wanted, caller), caller);
    }

    @PostMapping("/{id}/freeze")
    @Permit(Role.INSPECTOR)
    @Transactional
    ShownDraw freeze(@PathVariable String id, @Valid @RequestBody Step step, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        desk.freeze(key, step.version(), caller);
        return show(key, caller);
    }

    @PostMapping("/{id}/draw")
    @Permit(Role.INSPECTOR)
    @Transactional
    ShownDraw draw(@PathVariable String id, @Valid @RequestBody Step step, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        desk.draw(key, step.version(), caller);
        return show(key, caller);
    }

    @PostMapping("/{id}/cancel")
    @Permit(Role.INSPECTOR)
    @Transactional
    ShownDraw cancel(@PathVariable String id, @Valid @RequestBody Cancellation cancellation, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        desk.cancel(key, cancellation.version(), cancellation.reason(), caller);
        return show(key, caller);
    }

    private ShownDraw show(long id, Caller caller) {
        Draws.Stored draw =
                draws.find(id, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, Long.toString(id)));
        return ShownDraw.of(
                draw,
                caller.roles(),
                draws.events(id),
                draw.document() == null ? null : DrawRecord.read(draw.document().getBytes(StandardCharsets.UTF_8)));
    }

    private static <E extends Enum<E>> E label(String field, Class<E> type, String text) {
        try {
            return Flow.read(type, text);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }
}

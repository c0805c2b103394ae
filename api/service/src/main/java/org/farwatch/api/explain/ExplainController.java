package org.farwatch.api.explain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.Captures;
import org.farwatch.ingest.explain.Explainer;
import org.farwatch.ingest.explain.Explanation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /explain}: every field of a frame; {@code /undecoded}: the last messages that nobody could decode. */
@RestController
@RequestMapping("/api/v1")
class ExplainController {
    private final JdbcClient jdbc;
    private final ViewLog views;

    ExplainController(JdbcClient jdbc, ViewLog views) {
        this.jdbc = jdbc;
        this.views = views;
    }

    /** @param hex digits, or the text of a protocol that consists of text */
    record Captured(
            @NotBlank @Size(max = 4 * Explainer.MAX_BYTES) String hex) {}

    /**
     * @param frames in the order of the bytes
     * @param faulty whether any line says that something is wrong
     */
    record Explained(List<Frame> frames, boolean faulty) {}

    /** @param hex the bytes in which offsets count: without the escapes of the wire, where the protocol has some */
    record Frame(String hex, List<Explanation.Line> lines) {}

    /** @param raw hexadecimal */
    record Undecoded(String id, String protocol, String origin, Instant at, String reason, String raw) {}

    /** Nothing is stored. */
    @PostMapping("/explain")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    Explained explain(@Valid @RequestBody Captured captured) {
        Explanation all;
        try {
            all = Captures.EXPLAINER.explain(captured.hex());
        } catch (IllegalArgumentException e) {
            throw Refusal.field("hex", e.getMessage());
        }
        List<Frame> frames = all.parts().stream()
                .map(part -> new Frame(part.hex(), part.lines()))
                .toList();
        return new Explained(frames, all.faulty());
    }

    /** Newest first. They may hold positions of anybody, so looking is logged. */
    @GetMapping("/undecoded")
    @Permit(Role.ADMINISTRATOR)
    Page<Undecoded> undecoded(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        views.record(caller, "undecoded", "undecoded", "undecoded", null, null);
        List<Undecoded> found = jdbc.sql("""
                        select id, protocol, origin, at, reason, raw from undecoded
                        where id < :after order by id desc limit :limit""")
                .param("after", cursor == null ? Long.MAX_VALUE : Cursor.number(Cursor.parse(cursor, 1)[0]))
                .param("limit", most)
                .query((row, _) -> new Undecoded(
                        row.getString("id"),
                        row.getString("protocol"),
                        row.getString("origin"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("reason"),
                        HexFormat.of().formatHex(row.getBytes("raw"))))
                .list();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }
}

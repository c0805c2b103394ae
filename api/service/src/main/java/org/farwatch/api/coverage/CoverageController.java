package org.farwatch.api.coverage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /coverage}, and that of one stream: which required time was recorded, which not, and why. */
@RestController
@RequestMapping("/api/v1")
class CoverageController {
    private static final String STREAM = "stream";
    private static final Duration LONGEST = Duration.ofDays(370);
    /** What is being recorded reaches the table of runs every few seconds; until then it is no gap. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Coverage coverage;
    private final StreamBook streams;
    private final Clock clock;

    CoverageController(Coverage coverage, StreamBook streams, Clock clock) {
        this.coverage = coverage;
        this.streams = streams;
        this.clock = clock;
    }

    /** @param to may lie ahead: what is required from a few seconds ago on is not looked at */
    @GetMapping("/streams/{id}/coverage")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Coverage.OfStream ofStream(
            @PathVariable String id, @RequestParam Instant from, @RequestParam Instant to, DataScope scope) {
        StreamBook.Entry stream =
                streams.find(Ids.parse(STREAM, id), scope).orElseThrow(() -> Refusal.notFound(STREAM, id));
        return coverage.ofStream(stream.id(), from, until(from, to));
    }

    @GetMapping("/coverage")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Coverage.Figures> coverage(
            @RequestParam String by, @RequestParam Instant from, @RequestParam Instant to, DataScope scope) {
        Instant until = until(from, to);
        List<Coverage.Figures> figures = switch (by) {
            case "squad" -> coverage.bySquad(from, until, scope);
            case STREAM -> coverage.byStream(from, until, scope);
            default -> throw Refusal.field("by", "must be one of squad, stream; was " + by);
        };
        return Page.all(figures);
    }

    /** End of the time that can be judged. */
    private Instant until(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw Refusal.field("to", "must be after from (" + from + "), was " + to);
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be at most " + LONGEST.toDays() + " days after from, was " + to);
        }
        Instant settled = clock.instant().minus(SETTLED);
        Instant end = to.isAfter(settled) ? settled : to;
        return end.isBefore(from) ? from : end;
    }
}

package org.farwatch.api.coverage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    private final CoverageCells cells;
    private final StreamBook streams;
    private final Clock clock;

    CoverageController(Coverage coverage, CoverageCells cells, StreamBook streams, Clock clock) {
        this.coverage = coverage;
        this.cells = cells;
        this.streams = streams;
        this.clock = clock;
    }

    /** @param to may lie ahead: what is required from a few seconds ago on is not looked at */
    @GetMapping("/streams/{id}/coverage")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
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

    /**
     * Cut into days or hours.
     *
     * @param by {@code squad} or {@code stream}
     * @param step {@code day} or {@code hour}
     */
    @GetMapping("/coverage/cells")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<CoverageCells.Cell> cells(
            @RequestParam String by,
            @RequestParam String step,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) String squadId,
            DataScope scope) {
        CoverageCells.Step cut = Arrays.stream(CoverageCells.Step.values())
                .filter(each -> each.label().equals(step))
                .findFirst()
                .orElseThrow(() -> Refusal.field("step", "must be one of day, hour; was " + step));
        if (!by.equals("squad") && !by.equals(STREAM)) {
            throw Refusal.field("by", "must be one of squad, stream; was " + by);
        }
        Instant until = until(from, to);
        if (Duration.between(from, to).compareTo(cut.longest()) > 0) {
            throw Refusal.field(
                    "to", "must be at most " + cut.longest().toDays() + " days after from for this step, was " + to);
        }
        List<CoverageCells.Cell> found =
                cells.cells(by.equals(STREAM), cut, Ids.field("squadId", squadId), from, until, scope);
        if (found.size() > CoverageCells.MOST) {
            throw Refusal.field(
                    "to", "must be nearer to from, or squadId be given: more than " + CoverageCells.MOST + " cells");
        }
        return Page.all(found);
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

package org.farwatch.api.checks;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.inspection.DrawBook;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One task for each item of a draw, given to the team that was drawn for its squad. Runs in the caller's transaction; done
 * again, it makes only what is missing.
 */
@Component
class DrawTasks {
    static final String SUBJECT = "draw";

    private final DrawBook draws;
    private final CheckTable table;
    private final CheckDesk desk;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    DrawTasks(DrawBook draws, CheckTable table, CheckDesk desk, JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.draws = draws;
        this.table = table;
        this.desk = desk;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How the items are checked.
     *
     * @param start of the time that is looked at, for what has no duty or day of its own; {@code end} likewise
     */
    record Wanted(String checklistId, CheckMethod method, Instant start, Instant end, Instant dueAt) {}

    /**
     * What came of it.
     *
     * @param made how many there were not before
     * @param leftOut names of items of no squad: nobody answers for them, so there is nothing to be checked by a list
     */
    record Made(int made, int before, List<String> leftOut) {}

    /** An item as it is checked; null for what it is not about. */
    private record Subject(Long officerId, Integer deviceNo, Long streamId, Long postId, Instant start, Instant end) {
        static Subject of(DrawBook.Entry draw, Wanted wanted) {
            if (wanted.start() == null || wanted.end() == null) {
                throw Refusal.field(
                        wanted.start() == null ? "start" : "end",
                        "must be given: " + draw.kind() + " have no duty or day of their own");
            }
            return new Subject(null, null, null, null, wanted.start(), wanted.end());
        }
    }

    private record Turn(long postId, Instant start, Instant end) {}

    DrawBook.Entry find(String id, Caller caller) {
        return draws.find(Ids.parse(SUBJECT, id), caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** @throws Refusal 409 before there is a result, 400 naming what cannot be */
    Made make(String id, Wanted wanted, Caller caller) {
        DrawBook.Entry draw = find(id, caller);
        if (!draw.drawn()) {
            throw new Refusal(409, "not drawn", "draw " + id + " has no result yet: draw it first");
        }
        Checklist list = desk.list(wanted.checklistId());
        int made = 0;
        List<String> leftOut = new ArrayList<>();
        for (DrawBook.Item item : draw.items()) {
            if (item.squadNo() == null) {
                leftOut.add(item.name());
            } else if (insert(draw, item, list, wanted, caller)) {
                made++;
            }
        }
        Made result = new Made(made, draw.items().size() - leftOut.size() - made, List.copyOf(leftOut));
        if (made > 0) {
            audit.record(caller, "create", "draw-tasks", id, null, Map.of("made", made, "checklistId", list.id()));
        }
        return result;
    }

    private boolean insert(DrawBook.Entry draw, DrawBook.Item item, Checklist list, Wanted wanted, Caller caller) {
        Subject subject = subject(draw, item, wanted);
        NewTask.requireTimes(subject.start(), subject.end(), wanted.dueAt(), clock.instant());
        return table.insert(
                        new CheckTable.New(
                                list.kind(),
                                wanted.method(),
                                InspectionTask.BUREAU,
                                Long.parseLong(list.id()),
                                item.squadNo(),
                                subject.officerId(),
                                subject.deviceNo(),
                                subject.streamId(),
                                subject.postId(),
                                subject.start(),
                                subject.end(),
                                draw.id(),
                                item.place(),
                                wanted.dueAt(),
                                item.inspectors()),
                        caller)
                .isPresent();
    }

    private Subject subject(DrawBook.Entry draw, DrawBook.Item item, Wanted wanted) {
        return switch (draw.kind()) {
            case "officers-on-duty" -> {
                long officer = Long.parseLong(item.item());
                yield turn(draw, officer)
                        .map(turn -> new Subject(officer, null, null, turn.postId(), turn.start(), turn.end()))
                        .orElseGet(() -> {
                            Subject chosen = Subject.of(draw, wanted);
                            return new Subject(officer, null, null, null, chosen.start(), chosen.end());
                        });
            }
            case "vehicles" -> {
                Subject chosen = Subject.of(draw, wanted);
                int device = jdbc.sql("select no from device where id = :id")
                        .param("id", item.item())
                        .query(Integer.class)
                        .single();
                yield new Subject(null, device, null, null, chosen.start(), chosen.end());
            }
            case "cameras" -> {
                Subject chosen = Subject.of(draw, wanted);
                yield new Subject(null, null, Long.valueOf(item.item()), null, chosen.start(), chosen.end());
            }
            case "recordings" -> {
                String[] named = item.item().split("/", -1);
                LocalDate day = LocalDate.parse(named[1]);
                yield new Subject(
                        null,
                        null,
                        Long.valueOf(named[0]),
                        null,
                        day.atStartOfDay(BureauTime.ZONE).toInstant(),
                        day.plusDays(1).atStartOfDay(BureauTime.ZONE).toInstant());
            }
            case "squads" -> Subject.of(draw, wanted);
            default -> throw new IllegalStateException("a kind of draw that nobody checks: " + draw.kind());
        };
    }

    /** The first duty of an officer for which he was in the pool; empty when the roster was changed since. */
    private Optional<Turn> turn(DrawBook.Entry draw, long officer) {
        Instant to = draw.poolTo() == null ? draw.poolFrom().plusNanos(1_000) : draw.poolTo();
        return jdbc.sql("""
                        select post_id, starts, ends from duty
                        where officer_id = :officer and not cancelled and starts < :to and ends > :from
                        order by starts limit 1""")
                .param("officer", officer)
                .param("from", Timestamp.from(draw.poolFrom()))
                .param("to", Timestamp.from(to))
                .query((row, _) -> new Turn(
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant()))
                .optional();
    }
}

package org.farwatch.api.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.farwatch.api.RunningService;
import org.farwatch.api.web.BureauTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The arithmetic on ranges against a count second by second, over a minute with midnight in its middle. */
class CoverageModelTest {
    private static final RunningService SERVICE = RunningService.shared();
    private static final int LENGTH = 60;
    private static final int AROUND = 20;
    /** How long after its start the service may wait for a first picture. */
    private static final int ASKING = 20;
    /** Half a minute before a Friday begins in Shanghai. */
    private static final Instant START = Instant.parse("2024-02-01T15:59:30Z");

    /** Seconds after {@link #START}. */
    record Span(int from, int to) {
        boolean has(int second) {
            return from <= second && second < to;
        }

        Instant starts() {
            return START.plusSeconds(from);
        }

        Instant ends() {
            return START.plusSeconds(to);
        }
    }

    /** Hours that count for a while. */
    record Hours(Requirements.Weekly when, Span valid) {}

    record Break(CoverageRows.Origin origin, Span span, String cause, String detail) {}

    /** All that coverage is computed from. */
    record World(List<Span> once, List<Hours> weekly, List<Span> recorded, List<Span> ran, List<Break> interruptions) {
        boolean required(int second) {
            return once.stream().anyMatch(span -> span.has(second))
                    || weekly.stream()
                            .anyMatch(hours ->
                                    hours.valid().has(second) && required(hours.when(), START.plusSeconds(second)));
        }

        private static boolean required(Requirements.Weekly hours, Instant at) {
            LocalDateTime local = LocalDateTime.ofInstant(at, BureauTime.ZONE);
            for (LocalDateTime day : List.of(
                    local.toLocalDate().atStartOfDay(),
                    local.toLocalDate().minusDays(1).atStartOfDay())) {
                LocalDateTime begin = day.with(hours.start());
                LocalDateTime end = day.with(hours.end());
                if (!end.isAfter(begin)) {
                    end = end.plusDays(1);
                }
                if (hours.days().contains(day.getDayOfWeek().getValue())
                        && !local.isBefore(begin)
                        && local.isBefore(end)) {
                    return true;
                }
            }
            return false;
        }

        boolean recorded(int second) {
            return recorded.stream().anyMatch(span -> span.has(second));
        }

        /** @return cause and detail */
        String cause(int second) {
            if (ran.stream().noneMatch(span -> span.has(second))) {
                return "service-down null";
            }
            for (CoverageRows.Origin origin : List.of(CoverageRows.Origin.RECORDER, CoverageRows.Origin.SOURCE)) {
                Break first = null;
                for (Break one : interruptions) {
                    if (one.origin() == origin
                            && one.span().has(second)
                            && (first == null
                                    || one.span().from() < first.span().from())) {
                        first = one;
                    }
                }
                if (first != null) {
                    return first.cause() + " " + first.detail();
                }
            }
            return asking(second) ? "service-down null" : "not-recording null";
        }

        /** Whether the service had come back and waited for the first picture, which came soon. */
        private boolean asking(int second) {
            return ran.stream()
                    .anyMatch(run -> recorded.stream()
                            .mapToInt(Span::from)
                            .filter(first -> first > run.from() && first <= run.from() + ASKING)
                            .min()
                            .stream()
                            .anyMatch(first -> second >= run.from() && second < first));
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        Arbitrary<Span> spans = Combinators.combine(
                        Arbitraries.integers().between(-AROUND, LENGTH + AROUND),
                        Arbitraries.integers().between(0, LENGTH))
                .as((from, length) -> new Span(from, from + length));
        Arbitrary<LocalTime> times = Arbitraries.integers()
                .between(-AROUND * 2, AROUND * 2)
                .map(seconds -> LocalTime.MIDNIGHT.plusSeconds(seconds));
        Arbitrary<Set<Integer>> days = Arbitraries.of(3, 4, 5, 6).set().ofMinSize(1);
        Arbitrary<Hours> weekly = Combinators.combine(days, times, times, spans)
                .as((on, from, to, valid) -> new Hours(new Requirements.Weekly(List.copyOf(on), from, to), valid));
        Arbitrary<String> details = Arbitraries.of("a", "b").injectNull(0.3);
        Arbitrary<Break> disk = Combinators.combine(spans, Arbitraries.of("disk-full", "disk-error"), details)
                .as((span, cause, detail) -> new Break(CoverageRows.Origin.RECORDER, span, cause, detail));
        Arbitrary<Break> source = Combinators.combine(spans, Arbitraries.of("timeout", "refused"), details)
                .as((span, cause, detail) -> new Break(CoverageRows.Origin.SOURCE, span, cause, detail));
        return Combinators.combine(
                        spans.filter(span -> span.from() < span.to()).list().ofMaxSize(3),
                        weekly.list().ofMaxSize(2),
                        // A run is named by its start: two of one stream never begin together.
                        spans.list().uniqueElements(Span::from).ofMaxSize(5),
                        spans.list().ofMaxSize(3),
                        Arbitraries.oneOf(disk, source).list().ofMaxSize(6))
                .as(World::new);
    }

    @Property(tries = 200)
    void coverageIsWhatACountOfTheSecondsSays(@ForAll("worlds") World world) {
        Coverage.OfStream coverage =
                SERVICE.bean(Coverage.class).ofStream(write(world), START, START.plusSeconds(LENGTH));

        List<String> gaps = new ArrayList<>();
        List<String> required = new ArrayList<>();
        List<String> recorded = new ArrayList<>();
        int requiredSeconds = 0;
        int recordedSeconds = 0;
        for (int second = 0; second < LENGTH; second++) {
            boolean due = world.required(second);
            boolean there = world.recorded(second);
            requiredSeconds += due ? 1 : 0;
            recordedSeconds += due && there ? 1 : 0;
            gaps.add(due && !there ? world.cause(second) : null);
            required.add(due ? "" : null);
            recorded.add(there ? "" : null);
        }
        assertThat(coverage.requiredSeconds()).isEqualTo(requiredSeconds);
        assertThat(coverage.recordedSeconds()).isEqualTo(recordedSeconds);
        assertThat(coverage.gaps().stream()
                        .map(gap -> text(gap.from(), gap.to(), gap.cause() + " " + gap.detail()))
                        .toList())
                .isEqualTo(joined(gaps));
        assertThat(coverage.required().stream()
                        .map(one -> text(one.from(), one.to(), ""))
                        .toList())
                .isEqualTo(joined(required));
        assertThat(coverage.recorded().stream()
                        .map(one -> text(one.from(), one.to(), ""))
                        .toList())
                .isEqualTo(joined(recorded));
    }

    private static long write(World world) {
        SERVICE.bean(JdbcClient.class)
                .sql("delete from service_run where started between :from and :to")
                .param("from", Timestamp.from(START.minusSeconds(LENGTH)))
                .param("to", Timestamp.from(START.plusSeconds(2 * LENGTH)))
                .update();
        CoverageRows rows = CoverageRows.of(SERVICE);
        world.once().forEach(span -> rows.required(span.starts(), span.ends()));
        world.weekly()
                .forEach(hours -> rows.required(
                        hours.when(), hours.valid().starts(), hours.valid().ends()));
        world.recorded().forEach(span -> rows.recorded(span.starts(), span.ends()));
        world.ran().forEach(span -> rows.serviceRan(span.starts(), span.ends()));
        world.interruptions()
                .forEach(one -> rows.interrupted(
                        one.origin(), one.span().starts(), one.span().ends(), one.cause(), one.detail()));
        return rows.number();
    }

    /** Neighbouring seconds that say the same, as one; null says nothing. */
    private static List<String> joined(List<String> seconds) {
        List<String> all = new ArrayList<>();
        for (int from = 0; from < seconds.size(); ) {
            int to = from + 1;
            while (to < seconds.size() && Objects.equals(seconds.get(from), seconds.get(to))) {
                to++;
            }
            if (seconds.get(from) != null) {
                all.add(text(START.plusSeconds(from), START.plusSeconds(to), seconds.get(from)));
            }
            from = to;
        }
        return all;
    }

    private static String text(Instant from, Instant to, String what) {
        return from + " " + to + " " + what;
    }
}

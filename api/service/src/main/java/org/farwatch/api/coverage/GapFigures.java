package org.farwatch.api.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** Gaps of a period by their causes, and how far each is explained. */
@Component
public class GapFigures {
    private static final int MOST_INQUIRIES = 10_000;

    private final Coverage coverage;
    private final InquiryTable inquiries;

    GapFigures(Coverage coverage, InquiryTable inquiries) {
        this.coverage = coverage;
        this.inquiries = inquiries;
    }

    /**
     * Seconds of all gaps of one cause.
     *
     * @param gaps how many there are; one is cut where its cause changes
     * @param accepted of them explained, and the explanation accepted
     * @param explained explained, not decided yet
     * @param asked asked about, not answered yet
     * @param passedOn to an inspector
     * @param open nobody asked
     */
    public record OfCause(
            String cause,
            int gaps,
            double seconds,
            double accepted,
            double explained,
            double asked,
            double passedOn,
            double open) {}

    /** As it is added up. */
    private static final class Sum {
        private int gaps;
        private Duration all = Duration.ZERO;
        private final Map<InquiryState, Duration> byState = new EnumMap<>(InquiryState.class);

        OfCause of(String cause) {
            Duration told = byState.values().stream().reduce(Duration.ZERO, Duration::plus);
            return new OfCause(
                    cause,
                    gaps,
                    seconds(all),
                    seconds(byState.get(InquiryState.ACCEPTED)),
                    seconds(byState.get(InquiryState.EXPLAINED)),
                    seconds(byState.get(InquiryState.ASKED)),
                    seconds(byState.get(InquiryState.PASSED_ON)),
                    seconds(all.minus(told)));
        }

        private static double seconds(Duration time) {
            return time == null ? 0 : time.toNanos() / 1e9;
        }
    }

    /**
     * By the name of the cause.
     *
     * @throws Refusal 400 when a stream has more gaps than one answer holds
     */
    public List<OfCause> of(Instant from, Instant until, DataScope scope) {
        Map<String, Sum> sums = new TreeMap<>();
        for (Coverage.Figures stream : coverage.byStream(from, until, scope)) {
            if (stream.requiredSeconds() > stream.recordedSeconds()) {
                add(Long.parseLong(stream.streamId()), from, until, sums);
            }
        }
        return sums.entrySet().stream()
                .map(each -> each.getValue().of(each.getKey()))
                .toList();
    }

    private void add(long stream, Instant from, Instant until, Map<String, Sum> sums) {
        Coverage.OfStream found = coverage.ofStream(stream, from, until);
        List<GapInquiry> asked = inquiries.list(
                new InquiryTable.Filter(null, null, stream, from, until), DataScope.EVERYTHING, null, MOST_INQUIRIES);
        if (found.truncated() != null || asked.size() == MOST_INQUIRIES) {
            throw Refusal.field("to", "must be nearer to from: stream " + stream + " has too many gaps");
        }
        for (Coverage.Gap gap : found.gaps()) {
            Sum sum = sums.computeIfAbsent(gap.cause(), _ -> new Sum());
            sum.gaps++;
            sum.all = sum.all.plus(Duration.between(gap.from(), gap.to()));
            for (GapInquiry inquiry : asked) {
                Duration common = common(gap, inquiry);
                if (inquiry.state() != InquiryState.WITHDRAWN && common.isPositive()) {
                    sum.byState.merge(inquiry.state(), common, Duration::plus);
                }
            }
        }
    }

    private static Duration common(Coverage.Gap gap, GapInquiry inquiry) {
        Instant from = gap.from().isAfter(inquiry.from()) ? gap.from() : inquiry.from();
        Instant to = gap.to().isBefore(inquiry.to()) ? gap.to() : inquiry.to();
        return Duration.between(from, to);
    }
}

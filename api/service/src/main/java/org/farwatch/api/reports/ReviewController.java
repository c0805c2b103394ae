package org.farwatch.api.reports;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewFigures;
import org.farwatch.api.coverage.GapFigures;
import org.farwatch.api.video.SealedDays;
import org.farwatch.api.web.BureauTime;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /record-reports/overview}: what a legal reviewer sees first, beside the heat map. */
@RestController
@RequestMapping("/api/v1/record-reports/overview")
class ReviewController {
    private static final int WEEKS = 4;

    private final GapFigures gaps;
    private final ViewFigures views;
    private final SealedDays sealed;
    private final ReportTable reports;
    private final Clock clock;

    ReviewController(GapFigures gaps, ViewFigures views, SealedDays sealed, ReportTable reports, Clock clock) {
        this.gaps = gaps;
        this.views = views;
        this.sealed = sealed;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * @param weeks the last four, the present one last
     * @param views of the present week, by purpose and kind
     */
    record Overview(List<Week> weeks, Integrity integrity, List<ViewFigures.OfPurpose> views) {}

    /**
     * Gaps of a week by cause.
     *
     * @param from its Monday
     * @param to its Sunday
     */
    record Week(LocalDate from, LocalDate to, List<GapFigures.OfCause> causes) {}

    /**
     * @param sealedTo last day that has a day root, null for none
     * @param segments that all day roots are over
     * @param check the newest one that read the files, null for none
     */
    record Integrity(LocalDate sealedTo, long segments, ReportTable.Check check) {}

    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Overview overview(DataScope scope) {
        Instant now = clock.instant();
        LocalDate monday =
                LocalDate.ofInstant(now, BureauTime.ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<Week> weeks = new ArrayList<>();
        for (int back = WEEKS - 1; back >= 0; back--) {
            LocalDate from = monday.minusWeeks(back);
            Instant end = midnight(from.plusWeeks(1));
            weeks.add(new Week(from, from.plusDays(6), gaps.of(midnight(from), end.isBefore(now) ? end : now, scope)));
        }
        SealedDays.Sealed days = sealed.sealed();
        return new Overview(
                weeks,
                new Integrity(
                        days.last(), days.segments(), reports.lastCheck(scope).orElse(null)),
                views.byPurpose(midnight(monday), now, scope));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BureauTime.ZONE).toInstant();
    }
}

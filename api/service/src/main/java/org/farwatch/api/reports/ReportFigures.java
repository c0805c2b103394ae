package org.farwatch.api.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.farwatch.api.access.ViewFigures;
import org.farwatch.api.coverage.GapFigures;
import org.farwatch.api.video.PeriodCheck;

/**
 * All figures of a report. Of one moment, but for {@code verification}, which says when it was done.
 *
 * @param total of all squads together
 * @param squads by id; last streams of no squad
 * @param gaps by cause
 * @param samples draws of recordings of which items are recordings of the period
 */
record ReportFigures(
        OfSquad total,
        List<OfSquad> squads,
        List<GapFigures.OfCause> gaps,
        PeriodCheck.Result verification,
        List<Sample> samples,
        Views views) {
    /**
     * Streams and stages of a squad.
     *
     * @param ratio of recorded to required, null when nothing was required
     * @param activities of which a stage had to be recorded and is over
     */
    record OfSquad(
            @JsonInclude(JsonInclude.Include.ALWAYS) String squadId,
            @JsonInclude(JsonInclude.Include.ALWAYS) String squadName,
            double requiredSeconds,
            double recordedSeconds,
            @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio,
            long activities,
            Stages stages) {}

    /**
     * Stages that had to be recorded and are over.
     *
     * @param recorded covered by recordings that were accepted
     * @param unmatched covered by recordings that nobody accepted
     * @param missing neither
     * @param noDeviceSeconds in which no officer held a body camera
     */
    record Stages(
            long required,
            long recorded,
            long unmatched,
            long missing,
            double requiredSeconds,
            double recordedSeconds,
            double noDeviceSeconds) {}

    /**
     * @param items of it that are recordings of the period
     * @param checked of them, by an inspection task that is done
     */
    record Sample(String drawId, String name, long items, long checked, List<Item> drawn) {
        /**
         * @param outcome {@code fine} or {@code lead}, null while it was not checked
         * @param score 0 to 100, null while it was not checked and when nothing applied
         */
        record Item(String streamId, LocalDate day, String name, String outcome, BigDecimal score) {}
    }

    record Views(long total, List<ViewFigures.OfPurpose> byPurpose, List<ViewFigures.OfViewer> byViewer) {}
}

package org.farwatch.api.telemetry;

import java.time.Instant;
import java.time.LocalDate;
import org.farwatch.api.telemetry.DeviceDays.DeviceDay;
import org.farwatch.geo.trip.DayFigures;

/**
 * Figures of a device and local day as the API gives them.
 *
 * @param kilometres by {@code source}: {@code mileage} of the device, or {@code track}
 * @param onlineMinutes between positions without a gap
 * @param movingMinutes on trips
 * @param largestGap null when there is none
 * @param positionsKept false when the positions were deleted by age and only the figures are left
 */
record DayView(
        LocalDate day,
        int points,
        double kilometres,
        String source,
        double trackKilometres,
        long onlineMinutes,
        long movingMinutes,
        Gap largestGap,
        boolean positionsKept) {

    record Gap(Instant from, Instant to, long seconds) {}

    static DayView of(DeviceDay day) {
        DayFigures figures = day.figures();
        DayFigures.Silence gap = figures.largestGap();
        return new DayView(
                day.day(),
                figures.points(),
                kilometres(figures.metres()),
                figures.source().label(),
                kilometres(figures.trackMetres()),
                Math.round(figures.onlineSeconds() / 60.0),
                Math.round(figures.movingSeconds() / 60.0),
                gap == null
                        ? null
                        : new Gap(
                                gap.from(),
                                gap.to(),
                                gap.to().getEpochSecond() - gap.from().getEpochSecond()),
                day.kept());
    }

    /** To ten metres: nothing measures more. */
    static double kilometres(double metres) {
        return Math.round(metres / 10) / 100.0;
    }
}

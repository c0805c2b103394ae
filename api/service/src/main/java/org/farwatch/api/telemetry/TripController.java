package org.farwatch.api.telemetry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.trip.Journey;
import org.farwatch.geo.trip.Leg;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/days} and {@code /devices/{id}/trips}: figures by local day, and what a day was made of. */
@RestController
@RequestMapping("/api/v1/devices/{id}")
class TripController {
    private static final int MOST_DAYS = 92;
    private static final Duration LONGEST = Duration.ofDays(31);

    private final DeviceDays days;
    private final TripThresholds thresholds;
    private final TrackRanges ranges;

    TripController(DeviceDays days, TripThresholds thresholds, TrackRanges ranges) {
        this.days = days;
        this.thresholds = thresholds;
        this.ranges = ranges;
    }

    /** Days of the bureau's time zone on which the device has or had positions. {@code text/csv} on request. */
    @GetMapping("/days")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<DayView> days(
            @PathVariable String id,
            @RequestParam(required = false) LocalDate from,
            @RequestParam(required = false) LocalDate to,
            @RequestHeader(name = "Accept", required = false) String accept,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        if (from == null || to == null) {
            throw Refusal.field(from == null ? "from" : "to", "is missing");
        }
        TrackRange range = ranges.of(id, DeviceDays.start(from), DeviceDays.start(to), caller);
        if (ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
            throw Refusal.field("to", "must be at most " + MOST_DAYS + " days after from (" + from + "), was " + to);
        }
        ranges.log(range, caller);
        List<DayView> found = days.of(range.device().known().no(), from, to.minusDays(1)).stream()
                .map(DayView::of)
                .toList();
        if (!wantsCsv(accept)) {
            return Page.all(found);
        }
        Writer csv = csv(response);
        csv.write("deviceId,day,kilometres,source,trackKilometres,onlineMinutes,movingMinutes,points,"
                + "largestGapFrom,largestGapTo,positionsKept\r\n");
        for (DayView day : found) {
            DayView.Gap gap = day.largestGap();
            line(
                    csv,
                    id,
                    day.day(),
                    day.kilometres(),
                    day.source(),
                    day.trackKilometres(),
                    day.onlineMinutes(),
                    day.movingMinutes(),
                    day.points(),
                    gap == null ? null : gap.from(),
                    gap == null ? null : gap.to(),
                    day.positionsKept());
        }
        csv.flush();
        return null;
    }

    /**
     * Trips, stops and gaps that touch {@code [from, to)}, in order. A day is read by itself, as its figures are, so a
     * trip over midnight is two. {@code text/csv} on request.
     */
    @GetMapping("/trips")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<LegView> trips(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestHeader(name = "Accept", required = false) String accept,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        TrackRange range = ranges.within(id, from, to, LONGEST, caller);
        ranges.log(range, caller);
        List<LegView> found = legs(range);
        if (!wantsCsv(accept)) {
            return Page.all(found);
        }
        Writer csv = csv(response);
        csv.write("deviceId,kind,from,to,seconds,startLongitude,startLatitude,finishLongitude,finishLatitude,"
                + "kilometres,topSpeed,silentSeconds,points,end\r\n");
        for (LegView leg : found) {
            Leg.Place finish = leg.finish();
            line(
                    csv,
                    id,
                    leg.kind(),
                    leg.from(),
                    leg.to(),
                    leg.seconds(),
                    leg.start().longitude(),
                    leg.start().latitude(),
                    finish == null ? null : finish.longitude(),
                    finish == null ? null : finish.latitude(),
                    leg.kilometres(),
                    leg.topSpeed(),
                    leg.silentSeconds(),
                    leg.points(),
                    leg.end());
        }
        csv.flush();
        return null;
    }

    private List<LegView> legs(TrackRange range) {
        List<LegView> found = new ArrayList<>();
        LocalDate last = LocalDate.ofInstant(range.to().minusMillis(1), BureauTime.ZONE);
        for (LocalDate day = LocalDate.ofInstant(range.from(), BureauTime.ZONE);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            Journey journey = Journey.of(days.track(range.device().known().no(), day), thresholds.rules());
            for (Leg leg : journey.legs()) {
                if (leg.to().isAfter(range.from()) && leg.from().isBefore(range.to())) {
                    found.add(LegView.of(leg));
                }
            }
        }
        return found;
    }

    private static boolean wantsCsv(String accept) {
        return accept != null && accept.startsWith("text/csv");
    }

    private static Writer csv(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        return response.getWriter();
    }

    /** RFC 4180; ids, instants, numbers and labels hold no comma, quote or line break. */
    private static void line(Writer csv, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            csv.write(cells[i] == null ? "" : cells[i].toString());
            csv.write(i == cells.length - 1 ? "\r\n" : ",");
        }
    }
}

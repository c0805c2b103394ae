package org.farwatch.api.telemetry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/track}: a track as a map of one zoom draws it; every position stays at {@code /positions}. */
@RestController
@RequestMapping("/api/v1/devices/{id}/track")
class MapTrackController {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MAX_POSITIONS = 1_000_000;
    private static final double DEEPEST = 20;

    private final StoredTrack stored;
    private final TripThresholds thresholds;
    private final TrackRanges ranges;
    private final Retention retention;

    MapTrackController(StoredTrack stored, TripThresholds thresholds, TrackRanges ranges, Retention retention) {
        this.stored = stored;
        this.thresholds = thresholds;
        this.ranges = ranges;
        this.retention = retention;
    }

    /** As one stream, see {@link MapTrack}; compressed when the caller takes gzip. */
    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    void track(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(defaultValue = "14") double zoom,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TrackRange range = ranges.within(id, from, to, LONGEST, caller);
        if (!(zoom >= 0 && zoom <= DEEPEST)) {
            throw Refusal.field("zoom", "must lie within 0 and 20, was " + zoom);
        }
        ranges.log(range, caller);
        response.setContentType("application/json");
        response.setHeader("Vary", "Accept-Encoding");
        String takes = request.getHeader("Accept-Encoding");
        boolean gzip = takes != null && takes.contains("gzip");
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        List<LocalDate> deleted = retention.deleted(range.from(), range.to());
        long gapMillis = thresholds.rules().gapSeconds() * 1000L;
        try (OutputStream out = gzip ? new Gzip(response.getOutputStream()) : response.getOutputStream();
                MapTrack track =
                        new MapTrack(out, range.device().known().id(), zoom, gapMillis, MAX_POSITIONS, deleted)) {
            stored.<IOException>each(
                    range.device().known().no(), range.from(), range.to(), MAX_POSITIONS, false, track);
        }
    }

    /** Fast rather than small: differences of whole numbers compress well at any level. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

package org.farwatch.api.telemetry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.telemetry.PositionReader.After;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/positions}: a device's track, as pages of JSON or as one stream of CSV, GeoJSON or GPX. */
@RestController
@RequestMapping("/api/v1/devices/{id}/positions")
class TrackController {
    /** Rows of one stream: a month of one position a second is three times as long. */
    private static final int MAX_STREAM = 1_000_000;

    private final PositionReader reader;
    private final TrackRanges ranges;

    TrackController(PositionReader reader, TrackRanges ranges) {
        this.reader = reader;
        this.ranges = ranges;
    }

    /**
     * In the order of fix times. JSON comes in pages, what else {@code Accept} asks for as one stream. Every page is
     * logged as a view: a cursor is easily made up.
     */
    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<Position> positions(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestHeader(name = "Accept", required = false) String accept,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        TrackRange range = ranges.of(id, from, to, caller);
        Optional<StreamFormat> format = StreamFormat.wanted(accept);
        if (format.isPresent()) {
            stream(range, format.get(), caller, response);
            return null;
        }
        int most = Page.clamp(limit);
        After after = cursor == null ? After.NOTHING : after(cursor);
        ranges.log(range, caller);
        List<Position> found = new ArrayList<>();
        After[] last = new After[1];
        reader.read(range.device(), range.from(), range.to(), after, most, (position, place) -> {
            found.add(position);
            last[0] = place;
        });
        return new Page<>(found, found.size() < most ? null : Cursor.of(last[0].fixTime(), last[0].hash()));
    }

    /** What a track can be streamed as. */
    private enum StreamFormat {
        CSV("text/csv;charset=UTF-8", TrackFormat::csv),
        GEO_JSON("application/geo+json", TrackFormat::geoJson),
        GPX("application/gpx+xml", TrackFormat::gpx);

        private final MediaType mediaType;
        private final Opening opening;

        StreamFormat(String mediaType, Opening opening) {
            this.mediaType = MediaType.parseMediaType(mediaType);
            this.opening = opening;
        }

        /** The one that the header names before JSON or anything; empty means JSON. */
        static Optional<StreamFormat> wanted(String accept) {
            if (accept == null) {
                return Optional.empty();
            }
            try {
                for (MediaType asked : MediaType.parseMediaTypes(accept)) {
                    if (asked.includes(MediaType.APPLICATION_JSON)) {
                        return Optional.empty();
                    }
                    for (StreamFormat format : values()) {
                        if (asked.includes(format.mediaType)) {
                            return Optional.of(format);
                        }
                    }
                }
            } catch (InvalidMediaTypeException e) {
                throw Refusal.field("Accept", "is no list of media types: " + accept);
            }
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Opening {
        TrackFormat open(OutputStream out, String name) throws IOException;
    }

    private void stream(TrackRange range, StreamFormat format, Caller caller, HttpServletResponse response)
            throws IOException {
        ranges.log(range, caller);
        response.setContentType(format.mediaType.toString());
        try (TrackFormat track =
                format.opening.open(response.getOutputStream(), range.device().name())) {
            reader.<IOException>read(
                    range.device(),
                    range.from(),
                    range.to(),
                    After.NOTHING,
                    MAX_STREAM,
                    (position, _) -> track.add(position));
        }
    }

    private static After after(String cursor) {
        String[] key = Cursor.parse(cursor, 2);
        try {
            return new After(Instant.parse(key[0]), Long.parseLong(key[1]));
        } catch (RuntimeException e) {
            throw Refusal.field("cursor", "is not one that this list gave");
        }
    }
}

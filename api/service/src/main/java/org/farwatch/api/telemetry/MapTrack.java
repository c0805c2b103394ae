package org.farwatch.api.telemetry;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.farwatch.geo.track.Thinning;
import org.farwatch.geo.track.Track;
import org.farwatch.ingest.jt808.LocationAlarm;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the positions that a map of some zoom needs, in columns, as they are read: at each fix time the line is within
 * half a pixel of where the device was. A new segment begins after a gap, or where a segment became long; then its first
 * position is the last one of the segment before it ({@code joined}).
 *
 * <p>Each column holds the first value and then differences: milliseconds since 1970 UTC, millionths of a degree (11 cm),
 * tenths of km/h; a speed is no difference and -1 for none. {@code alarms} names, by place in the segment, positions at
 * which the alarms of the device changed; {@code deletedDays} are UTC days of which positions were deleted by age. Memory
 * does not grow with the track. Threads: one owner.
 */
public final class MapTrack implements StoredTrack.Row<IOException>, Closeable {
    /** Positions that are thinned together. */
    private static final int LONGEST_SEGMENT = 4096;

    private static final double PER_DEGREE = 1e6;

    private final JsonGenerator json;
    private final Thinning thinning;
    private final long gapMillis;
    private final int most;
    private final Track segment = new Track();
    private final BitSet alarmed = new BitSet();
    private boolean joined;
    private int lastAlarms;
    private int positions;
    private int placed;
    private int shown;

    /** @param most positions after which the reader stops, so that the track is cut */
    public MapTrack(
            OutputStream out, String deviceId, double zoom, long gapMillis, int most, List<LocalDate> deletedDays) {
        json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
        thinning = new Thinning(zoom);
        this.gapMillis = gapMillis;
        this.most = most;
        json.writeStartObject();
        json.writeStringProperty("deviceId", deviceId);
        json.writeNumberProperty("zoom", zoom);
        json.writeArrayPropertyStart("deletedDays");
        deletedDays.forEach(day -> json.writeString(day.toString()));
        json.writeEndArray();
        json.writeArrayPropertyStart("segments");
    }

    @Override
    public void add(
            long fixTime,
            double longitude,
            double latitude,
            float speed,
            float accuracy,
            int alarms,
            int flags,
            long mileage) {
        positions++;
        if (!Track.isPlaced(flags, longitude, latitude)) {
            return;
        }
        placed++;
        int size = segment.size();
        if (size > 0 && fixTime - segment.time(size - 1) > gapMillis) {
            write();
            segment.clear();
        } else if (size == LONGEST_SEGMENT) {
            write();
            long time = segment.time(size - 1);
            double x = segment.longitude(size - 1);
            double y = segment.latitude(size - 1);
            float fast = segment.speed(size - 1);
            segment.clear();
            segment.add(time, x, y, fast, Float.NaN, lastAlarms, 0, Track.NO_MILEAGE);
            joined = true;
        }
        if (alarms != lastAlarms) {
            alarmed.set(segment.size());
            lastAlarms = alarms;
        }
        segment.add(fixTime, longitude, latitude, speed, accuracy, alarms, flags, mileage);
    }

    @Override
    public void close() {
        write();
        json.writeEndArray();
        json.writeNumberProperty("positions", positions);
        json.writeNumberProperty("placed", placed);
        json.writeNumberProperty("shown", shown);
        json.writeBooleanProperty("cut", positions >= most);
        json.writeEndObject();
        json.flush();
    }

    private void write() {
        if (segment.size() == 0) {
            return;
        }
        BitSet kept = thinning.keep(segment, alarmed);
        shown += kept.cardinality() - (joined ? 1 : 0);
        json.writeStartObject();
        json.writeBooleanProperty("joined", joined);
        json.writeArrayPropertyStart("time");
        long before = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            json.writeNumber(segment.time(i) - before);
            before = segment.time(i);
        }
        json.writeEndArray();
        degrees("longitude", kept, true);
        degrees("latitude", kept, false);
        json.writeArrayPropertyStart("speed");
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            float speed = segment.speed(i);
            json.writeNumber(Float.isNaN(speed) ? -1 : Math.round(speed * 10));
        }
        json.writeEndArray();
        alarms(kept);
        json.writeEndObject();
        alarmed.clear();
        joined = false;
    }

    private void degrees(String name, BitSet kept, boolean east) {
        json.writeArrayPropertyStart(name);
        long before = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            long now = Math.round((east ? segment.longitude(i) : segment.latitude(i)) * PER_DEGREE);
            json.writeNumber(now - before);
            before = now;
        }
        json.writeEndArray();
    }

    private void alarms(BitSet kept) {
        if (alarmed.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("alarms");
        int place = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            if (alarmed.get(i)) {
                json.writeStartObject();
                json.writeNumberProperty("at", place);
                List<String> labels = LocationAlarm.labels(segment.alarms(i));
                json.writeArrayPropertyStart("labels");
                labels.forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            }
            place++;
        }
        json.writeEndArray();
    }
}

package org.farwatch.api.telemetry;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.farwatch.geo.Items;
import org.farwatch.geo.track.Track;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.stereotype.Repository;

/**
 * Reads positions into {@link Track}s, by binary COPY: what a map, trips and figures need of a position and nothing else,
 * without an object for each value. Suspect positions are not among them. Any thread.
 */
@Repository
public class StoredTrack {
    private static final byte[] NOTHING = {};
    /** 2000-01-01 UTC in milliseconds since 1970: PostgreSQL's epoch. */
    private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;
    /** Signature, flags and the length of the header's extension, which is empty. */
    private static final int HEADER_BYTES = 19;

    private final DataSource source;

    public StoredTrack(DataSource source) {
        this.source = source;
    }

    /** Takes one position; the track holds nothing but what was added by it. */
    @FunctionalInterface
    public interface Row<E extends Exception> {
        void add(
                long fixTime,
                double longitude,
                double latitude,
                float speed,
                float accuracy,
                int alarms,
                int flags,
                long mileage)
                throws E;
    }

    /** The positions with fix time in {@code [from, to)}, the first {@code most} of them, with mileage. */
    Track read(int device, Instant from, Instant to, int most) {
        Track track = new Track();
        this.<RuntimeException>each(device, from, to, most, true, track::add);
        return track;
    }

    /**
     * Gives the positions with fix time in {@code [from, to)} in the order of fix times, streaming.
     *
     * @param withMileage whether the odometer is wanted, which costs more to read
     * @throws E what the row throws
     */
    public <E extends Exception> void each(
            int device, Instant from, Instant to, int most, boolean withMileage, Row<E> row) throws E {
        // COPY takes no parameters; these are numbers and instants.
        String query = "copy (select fix_time, longitude, latitude, speed, accuracy, alarms, flags"
                + (withMileage ? ", items" : "") + " from position where device_no = " + device + " and fix_time >= '"
                + from + "' and fix_time < '" + to + "' order by fix_time, body_hash limit " + most
                + ") to stdout (format binary)";
        try (Connection connection = source.getConnection()) {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
            try {
                int skip = HEADER_BYTES;
                for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                    give(bytes, skip, row);
                    skip = 0;
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("positions cannot be read: " + e.getMessage(), e);
        }
    }

    /** A message holds one row, the first one the header before it, the last one only the trailer. */
    private static <E extends Exception> void give(byte[] bytes, int skip, Row<E> row) throws E {
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        if (in.remaining() < 2) {
            return;
        }
        int columns = in.getShort();
        if (columns < 0) {
            return;
        }
        in.getInt();
        long fixTime = Math.floorDiv(in.getLong(), 1000L) + POSTGRES_EPOCH_MILLIS;
        double longitude = in.getInt() < 0 ? Double.NaN : in.getDouble();
        double latitude = in.getInt() < 0 ? Double.NaN : in.getDouble();
        float speed = in.getInt() < 0 ? Float.NaN : in.getFloat();
        float accuracy = in.getInt() < 0 ? Float.NaN : in.getFloat();
        in.getInt();
        int alarms = in.getInt();
        in.getInt();
        int flags = in.getInt();
        long mileage = Track.NO_MILEAGE;
        if (in.hasRemaining()) {
            int length = in.getInt();
            mileage = length < 0
                    ? Track.NO_MILEAGE
                    : Items.unsigned(length == 0 ? NOTHING : bytes, in.position(), length, Items.MILEAGE);
        }
        row.add(fixTime, longitude, latitude, speed, accuracy, alarms, flags, mileage);
    }
}

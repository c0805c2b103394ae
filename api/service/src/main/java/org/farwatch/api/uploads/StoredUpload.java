package org.farwatch.api.uploads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recording that was brought.
 *
 * @param broughtBy user name, or the watched folder
 * @param userId 0 for a folder
 * @param origin of a file in a watched folder, by which it is known again; otherwise null
 * @param length bytes
 * @param fault why it was refused, a label of {@link UploadFault}; null when it was not
 * @param receivedAt when it was whole here, null before
 * @param starts by our clock, null until it is known
 * @param deviceStart the same by the device's clock
 * @param sameAs the upload that brought the same bytes first
 */
record StoredUpload(
        String id,
        String source,
        String broughtBy,
        long userId,
        String origin,
        String name,
        long length,
        Told told,
        UploadState state,
        String fault,
        String reason,
        Instant madeAt,
        Instant touchedAt,
        Instant receivedAt,
        String sha256,
        String deviceId,
        Long officerId,
        String officerName,
        Long streamId,
        Instant starts,
        Instant ends,
        Instant deviceStart,
        Long clockOffsetMillis,
        boolean late,
        boolean important,
        Long firstSequence,
        Long lastSequence,
        String leftOutSound,
        String sameAs,
        int version) {
    /** A row of {@code upload} with device_id and officer_name. */
    static StoredUpload of(ResultSet row, JsonMapper json) throws SQLException {
        return new StoredUpload(
                row.getString("id"),
                row.getString("source"),
                row.getString("brought_by"),
                row.getLong("user_id"),
                row.getString("origin"),
                row.getString("name"),
                row.getLong("length"),
                json.readValue(row.getString("told"), Told.class),
                UploadState.of(row.getString("state")).orElseThrow(),
                row.getString("fault"),
                row.getString("reason"),
                instant(row, "made_at"),
                instant(row, "touched_at"),
                instant(row, "received_at"),
                row.getString("sha256"),
                row.getString("device_id"),
                row.getObject("officer_id", Long.class),
                row.getString("officer_name"),
                row.getObject("stream_id", Long.class),
                instant(row, "starts"),
                instant(row, "ends"),
                instant(row, "device_start"),
                row.getObject("clock_offset_ms", Long.class),
                row.getBoolean("late"),
                row.getBoolean("important"),
                row.getObject("first_sequence", Long.class),
                row.getObject("last_sequence", Long.class),
                row.getString("left_out_sound"),
                row.getString("same_as"),
                row.getInt("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}

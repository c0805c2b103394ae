package org.farwatch.api.leads;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table of alerts with the names of what it points at, read as the API gives it. */
final class AlertRow {
    /** To be followed by a condition; {@code a} is the alert. */
    static final String SELECT = """
            select a.*, d.id as device_id, o.name as officer_name, s.name as squad_name, t.name as stream_name
            from alert a
                left join device d on d.no = a.device_no
                left join officer o on o.id = a.officer_id
                left join squad s on s.id = a.squad_id
                left join stream t on t.id = a.stream_id
            """;

    private AlertRow() {}

    static Alert read(ResultSet row, JsonMapper json) throws SQLException {
        Timestamp overtaken = row.getTimestamp("overtaken_at");
        return new Alert(
                row.getString("id"),
                row.getString("kind"),
                row.getString("code"),
                AlertState.of(row.getString("state")),
                row.getString("severity"),
                row.getTimestamp("raised_at").toInstant(),
                row.getTimestamp("since").toInstant(),
                row.getString("device_id"),
                row.getString("officer_id"),
                row.getString("officer_name"),
                row.getString("squad_id"),
                row.getString("squad_name"),
                row.getString("duty_id"),
                row.getString("post_id"),
                row.getString("stream_id"),
                row.getString("stream_name"),
                row.getString("zone_id"),
                box(row.getArray("box")),
                evidence(row.getString("snapshot"), row.getString("before"), row.getString("clip")),
                row.getString("title"),
                row.getObject("longitude") == null
                        ? null
                        : new Alert.Location(row.getDouble("longitude"), row.getDouble("latitude")),
                overtaken == null ? null : new Alert.Overtaken(overtaken.toInstant(), row.getString("overtaken_text")),
                new Alert.Detail(row.getString("code"), json.readTree(row.getString("arguments"))),
                row.getBoolean("trial"),
                row.getInt("version"),
                null);
    }

    private static Alert.Box box(Array stored) throws SQLException {
        if (stored == null) {
            return null;
        }
        Double[] box = (Double[]) stored.getArray();
        return new Alert.Box(box[0], box[1], box[2], box[3]);
    }

    private static Alert.Evidence evidence(String snapshot, String before, String clip) {
        return snapshot == null && before == null && clip == null ? null : new Alert.Evidence(snapshot, before, clip);
    }
}

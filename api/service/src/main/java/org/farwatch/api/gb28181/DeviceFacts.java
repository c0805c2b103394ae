package org.farwatch.api.gb28181;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.ingest.gb28181.Message;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known and set of devices of GB/T 28181 beside what all devices have. */
@Repository
class DeviceFacts {
    private final JdbcClient jdbc;

    DeviceFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a device is besides what all are.
     *
     * @param recordingShiftSeconds added to the times of recordings that it is asked for
     */
    record Facts(
            String mediaTransport,
            boolean ownPassword,
            String manufacturer,
            String model,
            String firmware,
            Instant catalogueAt,
            Boolean catalogueWhole,
            int recordingShiftSeconds,
            int version) {
        static final Facts NONE = new Facts(null, false, null, null, null, null, null, 0, 0);
    }

    /** A catalogue is stored. */
    void catalogued(int deviceNo, boolean whole) {
        jdbc.sql("""
                insert into gb28181_device (device_no, catalogue_at, catalogue_whole) values (:device, now(), :whole)
                on conflict (device_no) do update
                    set catalogue_at = excluded.catalogue_at, catalogue_whole = excluded.catalogue_whole""").param("device", deviceNo).param("whole", whole).update();
    }

    void described(int deviceNo, Message.DeviceInfo info) {
        jdbc.sql("""
                insert into gb28181_device (device_no, manufacturer, model, firmware)
                values (:device, :manufacturer, :model, :firmware)
                on conflict (device_no) do update set manufacturer = excluded.manufacturer, model = excluded.model,
                    firmware = excluded.firmware""")
                .param("device", deviceNo)
                .param("manufacturer", info.manufacturer())
                .param("model", info.model())
                .param("firmware", info.firmware())
                .update();
    }

    Facts of(int deviceNo) {
        return of(List.of(deviceNo)).getOrDefault(deviceNo, Facts.NONE);
    }

    /** Of those of these devices of which there are any, by their numbers. */
    Map<Integer, Facts> of(Collection<Integer> devices) {
        Map<Integer, Facts> facts = new HashMap<>();
        jdbc.sql("select * from gb28181_device where device_no = any(:devices)")
                .param("devices", devices.toArray(Integer[]::new))
                .query((RowCallbackHandler) row -> facts.put(row.getInt("device_no"), read(row)));
        return facts;
    }

    private static Facts read(ResultSet row) throws SQLException {
        return new Facts(
                row.getString("media_transport"),
                row.getBytes("password") != null,
                row.getString("manufacturer"),
                row.getString("model"),
                row.getString("firmware"),
                row.getTimestamp("catalogue_at") == null
                        ? null
                        : row.getTimestamp("catalogue_at").toInstant(),
                (Boolean) row.getObject("catalogue_whole"),
                row.getInt("recording_shift"),
                row.getInt("version"));
    }

    /**
     * @param password sealed; null leaves what there is
     * @param recordingShift seconds; null leaves what there is
     * @return false when the version is not the present one
     */
    boolean change(int deviceNo, byte[] password, String mediaTransport, Integer recordingShift, int version) {
        return jdbc.sql("""
                        insert into gb28181_device (device_no, password, media_transport, recording_shift)
                        values (:device, :password::bytea, :transport::text, coalesce(:shift::int, 0))
                        on conflict (device_no) do update set
                            password = coalesce(excluded.password, gb28181_device.password),
                            media_transport = excluded.media_transport,
                            recording_shift = coalesce(:shift::int, gb28181_device.recording_shift),
                            version = gb28181_device.version + 1
                        where gb28181_device.version = :version""")
                        .param("device", deviceNo)
                        .param("password", password, Types.BINARY)
                        .param("transport", mediaTransport)
                        .param("shift", recordingShift, Types.INTEGER)
                        .param("version", version)
                        .update()
                == 1;
    }
}

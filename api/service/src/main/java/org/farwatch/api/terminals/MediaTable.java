package org.farwatch.api.terminals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.evidence.EvidenceUse;
import org.farwatch.ingest.TerminalMedia;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Photographs, sound and video of terminals. */
@Repository
public class MediaTable implements EvidenceUse {
    /** How long after its notice a medium may come to be the one that was told of. */
    private static final String NOTICE_LASTS = "1 day";

    private final JdbcClient jdbc;

    MediaTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a notice unless the same was given within the last hour. @return whether it was added */
    boolean addNotice(TerminalMedia media) {
        return jdbc.sql("""
                        insert into device_media (device_no, media_id, type, format, event, channel, received_at)
                        select :device, :mediaId, :type, :format, :event, :channel, :receivedAt
                        where not exists (select from device_media
                            where device_no = :device and media_id = :mediaId and type = :type and event = :event
                                and channel = :channel and received_at > :receivedAt - interval '1 hour')""")
                        .params(Map.of(
                                "device", media.device().no(),
                                "mediaId", media.mediaId(),
                                "type", media.type(),
                                "format", media.format(),
                                "event", media.event(),
                                "channel", media.channel(),
                                "receivedAt", media.receivedAt().atOffset(ZoneOffset.UTC)))
                        .update()
                == 1;
    }

    /**
     * Adds a medium whose file is kept; it takes the place of its notice. One of the same number and content is there
     * already when the terminal did not hear that it was stored.
     *
     * @return whether it was added
     */
    @Transactional
    public boolean add(TerminalMedia media, MediaPlace place, String sha256, MediaFormat format) {
        int added = jdbc.sql("""
                        insert into device_media (device_no, media_id, type, format, event, channel, fix_time,
                            longitude, latitude, evidence, media_type, as_stated, received_at)
                        values (:device, :mediaId, :type, :format, :event, :channel, :fixTime,
                            :longitude, :latitude, :evidence, :mediaType, :asStated, :receivedAt)
                        on conflict do nothing""")
                .param("device", media.device().no())
                .param("mediaId", media.mediaId())
                .param("type", media.type())
                .param("format", media.format())
                .param("event", media.event())
                .param("channel", media.channel())
                .param(
                        "fixTime",
                        place.at() == null ? null : place.at().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("longitude", place.longitude(), Types.DOUBLE)
                .param("latitude", place.latitude(), Types.DOUBLE)
                .param("evidence", sha256)
                .param("mediaType", format.mediaType())
                .param("asStated", format.is(media.format()))
                .param("receivedAt", media.receivedAt().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                delete from device_media where device_no = :device and media_id = :mediaId and evidence is null
                    and received_at > :receivedAt - cast(:lasts as interval)""")
                .param("device", media.device().no())
                .param("mediaId", media.mediaId())
                .param("receivedAt", media.receivedAt().atOffset(ZoneOffset.UTC))
                .param("lasts", NOTICE_LASTS)
                .update();
        return added == 1;
    }

    /** The media of a device received in [from, to), newest first, after a place in that order. */
    List<DeviceMedium> list(int deviceNo, Instant from, Instant to, Instant afterTime, long afterId, int limit) {
        return jdbc.sql("""
                        select * from device_media where device_no = :device and received_at >= :from and received_at < :to
                            and (received_at, id) < (:afterTime, :afterId)
                        order by received_at desc, id desc limit :limit""")
                .param("device", deviceNo)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("afterTime", afterTime.atOffset(ZoneOffset.UTC))
                .param("afterId", afterId)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    @Override
    public Optional<Named> using(String sha256, DataScope scope) {
        return jdbc.sql("""
                        select d.id, d.name from device_media m join device d on d.no = m.device_no
                        where m.evidence = :file and (:everything or d.squad_id = any(:squads)) order by m.id limit 1""")
                .param("file", sha256)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Named(row.getString(1), row.getString(2)))
                .optional();
    }

    private static DeviceMedium read(ResultSet row) throws SQLException {
        Timestamp fixTime = row.getTimestamp("fix_time");
        return new DeviceMedium(
                Long.toString(row.getLong("id")),
                row.getLong("media_id"),
                DeviceMedium.type(row.getInt("type")),
                DeviceMedium.event(row.getInt("event")),
                row.getInt("channel"),
                fixTime == null ? null : fixTime.toInstant(),
                number(row, "longitude"),
                number(row, "latitude"),
                row.getString("evidence"),
                row.getString("media_type"),
                (Boolean) row.getObject("as_stated"),
                row.getTimestamp("received_at").toInstant());
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}

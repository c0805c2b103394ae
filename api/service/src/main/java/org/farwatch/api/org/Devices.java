package org.farwatch.api.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.geo.Datum;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Devices in the database; {@link DeviceRegister} has them in memory. */
@Repository
class Devices {
    private static final String SELECT =
            "select no, id, name, kind, protocol, protocol_id, squad_id, datum, version from device ";

    private final JdbcClient jdbc;
    private final DeviceActivity activity;

    Devices(JdbcClient jdbc, DeviceActivity activity) {
        this.jdbc = jdbc;
        this.activity = activity;
    }

    /**
     * Ordered by id.
     *
     * @param after id of the last one given before, null for the first part
     */
    List<Device> list(DataScope scope, String kind, Long squadNo, String search, String after, int limit) {
        return jdbc.sql(SELECT + """
                         where (:everything or squad_id = any(:squads))
                            and (:kind::text is null or kind = :kind::text)
                            and (:squadNo::bigint is null or squad_id = :squadNo::bigint)
                            and (:search::text is null or id ilike '%' || :search::text || '%'
                                or name ilike '%' || :search::text || '%')
                            and (:after::text is null or id > :after::text)
                        order by id limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("kind", kind)
                .param("squadNo", squadNo)
                .param("search", search)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Device> find(String id, DataScope scope) {
        return jdbc.sql(SELECT + " where id = :id and (:everything or squad_id = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    void insert(String id, DeviceController.NewDevice wanted, String protocolId, Long squadNo) {
        jdbc.sql("""
                insert into device (id, name, kind, protocol, protocol_id, squad_id, datum)
                values (:id, :name, :kind, :protocol, :protocolId, :squadNo, :datum)""")
                .param("id", id)
                .param("name", wanted.name().strip())
                .param("kind", wanted.kind().label())
                .param("protocol", wanted.protocol())
                .param("protocolId", protocolId)
                .param("squadNo", squadNo)
                .param("datum", (wanted.datum() == null ? Datum.WGS84 : wanted.datum()).name())
                .update();
    }

    /**
     * @param squadNo of the device from now on, null for none
     * @return false when the version is not the present one
     */
    boolean update(String id, DeviceController.DeviceChange change, Long squadNo) {
        return jdbc.sql("""
                        update device set name = coalesce(:name, name), kind = coalesce(:kind, kind),
                            squad_id = :squadNo, datum = coalesce(:datum, datum),
                            version = version + 1
                        where id = :id and version = :version""")
                        .param("name", change.name())
                        .param(
                                "kind",
                                change.kind() == null ? null : change.kind().label())
                        .param("squadNo", squadNo)
                        .param(
                                "datum",
                                change.datum() == null ? null : change.datum().name())
                        .param("id", id)
                        .param("version", change.version())
                        .update()
                == 1;
    }

    private Device read(ResultSet row) throws SQLException {
        DeviceActivity.State state = activity.of(row.getInt("no"));
        return new Device(
                row.getString("id"),
                row.getString("name"),
                DeviceKind.of(row.getString("kind")),
                row.getString("protocol"),
                row.getString("protocol_id"),
                row.getString("squad_id"),
                Datum.valueOf(row.getString("datum")),
                state.online(),
                state.lastSeen(),
                row.getInt("version"));
    }
}

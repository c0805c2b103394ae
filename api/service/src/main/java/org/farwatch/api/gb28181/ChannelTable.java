package org.farwatch.api.gb28181;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.farwatch.api.access.DataScope;
import org.farwatch.ingest.gb28181.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Channels of devices of GB/T 28181 in the database. */
@Repository
class ChannelTable {
    private final JdbcClient jdbc;

    ChannelTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A channel as the API shows it.
     *
     * @param parent as the device says it; {@code under} where it stands in the tree
     * @param children whether others stand under it
     * @param streamId null for what is neither camera nor loudspeaker
     */
    record Shown(
            String code,
            String name,
            String kind,
            String parent,
            String under,
            boolean children,
            String group,
            String region,
            String manufacturer,
            String model,
            Boolean online,
            int ptz,
            boolean listed,
            String streamId,
            Integer homePreset) {}

    /** A camera that can be told to move. */
    record Camera(long streamId, int deviceNo, String device, String code, int ptz, Integer homePreset, int version) {}

    /** Writes channels: what an item does not say stays as it was. One statement, whatever their number. */
    void store(int deviceNo, List<Channel> channels) {
        jdbc.sql("""
                insert into gb28181_channel (device_no, placed_under, code, name, manufacturer, model, address, parent,
                    business_group, region, kind, online, ptz, longitude, latitude, listed)
                select :device, (select protocol_id from device where no = :device), * from unnest(:codes::text[], :names::text[], :manufacturers::text[], :models::text[],
                    :addresses::text[], :parents::text[], :groups::text[], :regions::text[], :kinds::text[],
                    :online::boolean[], :ptz::int[], :longitudes::float8[], :latitudes::float8[], :listed::boolean[])
                on conflict (device_no, code) do update set
                    name = coalesce(nullif(excluded.name, ''), gb28181_channel.name),
                    manufacturer = coalesce(nullif(excluded.manufacturer, ''), gb28181_channel.manufacturer),
                    model = coalesce(nullif(excluded.model, ''), gb28181_channel.model),
                    address = coalesce(nullif(excluded.address, ''), gb28181_channel.address),
                    parent = coalesce(nullif(excluded.parent, ''), gb28181_channel.parent),
                    business_group = coalesce(nullif(excluded.business_group, ''), gb28181_channel.business_group),
                    region = coalesce(nullif(excluded.region, ''), gb28181_channel.region),
                    kind = excluded.kind,
                    online = coalesce(excluded.online, gb28181_channel.online),
                    ptz = case when excluded.ptz = 0 then gb28181_channel.ptz else excluded.ptz end,
                    longitude = coalesce(excluded.longitude, gb28181_channel.longitude),
                    latitude = coalesce(excluded.latitude, gb28181_channel.latitude),
                    listed = excluded.listed""")
                .param("device", deviceNo)
                .param("codes", texts(channels, Channel::code))
                .param("names", texts(channels, Channel::name))
                .param("manufacturers", texts(channels, Channel::manufacturer))
                .param("models", texts(channels, Channel::model))
                .param("addresses", texts(channels, Channel::address))
                .param("parents", texts(channels, Channel::parent))
                .param("groups", texts(channels, Channel::group))
                .param("regions", texts(channels, Channel::region))
                .param("kinds", texts(channels, channel -> channel.kind().name().toLowerCase(Locale.ROOT)))
                .param("online", channels.stream().map(ChannelTable::online).toArray(Boolean[]::new))
                .param("ptz", channels.stream().map(Channel::ptz).toArray(Integer[]::new))
                .param("longitudes", channels.stream().map(Channel::longitude).toArray(Double[]::new))
                .param("latitudes", channels.stream().map(Channel::latitude).toArray(Double[]::new))
                .param(
                        "listed",
                        channels.stream()
                                .map(channel -> !channel.event().equals("DEL"))
                                .toArray(Boolean[]::new))
                .update();
    }

    /** Behind a whole catalogue: what it lacks is not there any more. */
    void listed(int deviceNo, List<Channel> channels) {
        jdbc.sql("""
                update gb28181_channel set listed = false
                where device_no = :device and listed and code <> all(:codes)""")
                .param("device", deviceNo)
                .param("codes", texts(channels, Channel::code))
                .update();
    }

    /** @param streams by code */
    void streams(int deviceNo, Map<String, Long> streams) {
        jdbc.sql("""
                update gb28181_channel c set stream_id = s.stream
                from unnest(:codes::text[], :streams::bigint[]) as s (code, stream)
                where c.device_no = :device and c.code = s.code and c.stream_id is distinct from s.stream""")
                .param("codes", streams.keySet().toArray(String[]::new))
                .param("streams", streams.values().toArray(Long[]::new))
                .param("device", deviceNo)
                .update();
    }

    /** Puts the channels of a device where they belong. One question and one statement, whatever their number. */
    void place(int deviceNo, String device) {
        List<ChannelPlaces.Node> nodes = jdbc.sql("""
                        select code, parent, business_group, region, listed, placed_under from gb28181_channel
                        where device_no = :device order by code""")
                .param("device", deviceNo)
                .query((row, _) -> new ChannelPlaces.Node(
                        row.getString("code"),
                        row.getString("parent"),
                        row.getString("business_group"),
                        row.getString("region"),
                        row.getBoolean("listed"),
                        row.getString("placed_under")))
                .list();
        Map<String, String> moved = ChannelPlaces.moved(device, nodes);
        if (!moved.isEmpty()) {
            jdbc.sql("""
                    update gb28181_channel c set placed_under = m.under
                    from unnest(:codes::text[], :places::text[]) as m (code, under)
                    where c.device_no = :device and c.code = m.code""")
                    .param("codes", moved.keySet().toArray(String[]::new))
                    .param("places", moved.values().toArray(String[]::new))
                    .param("device", deviceNo)
                    .update();
        }
    }

    /**
     * Which channels are asked for.
     *
     * @param under one level of the tree; null for all
     * @param search words that all stand in name and code; empty for all
     */
    record Look(String under, List<String> search) {
        private String[] patterns() {
            return search.stream()
                    .map(word ->
                            "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                    .toArray(String[]::new);
        }
    }

    /**
     * By code.
     *
     * @param after the last one given before, empty for the first part
     */
    List<Shown> list(int deviceNo, Look look, String after, int limit) {
        return jdbc.sql("""
                        select c.*, exists (select 1 from gb28181_channel b join device d on d.no = b.device_no
                            where b.device_no = c.device_no and b.placed_under = c.code and d.protocol_id <> c.code)
                            as children
                        from gb28181_channel c
                        where c.device_no = :device and c.code > :after
                            and (:under::text is null or c.placed_under = :under::text)
                            and (c.name || ' ' || c.code) ilike all(:search::text[])
                        order by c.code limit :limit""")
                .param("device", deviceNo)
                .param("after", after)
                .param("under", look.under())
                .param("search", look.patterns())
                .param("limit", limit)
                .query((row, _) -> shown(row))
                .list();
    }

    Optional<Camera> camera(long streamId, DataScope scope) {
        return jdbc.sql("""
                        select c.stream_id, c.device_no, d.protocol_id, c.code, c.ptz, c.home_preset, c.version
                        from gb28181_channel c join device d on d.no = c.device_no join stream s on s.id = c.stream_id
                        where c.stream_id = :stream and not s.retired
                            and (:everything or s.squad_id = any(:squads))""")
                .param("stream", streamId)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Camera(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        (Integer) row.getObject(6),
                        row.getInt(7)))
                .optional();
    }

    /** The stream of a channel, 0 for none. */
    long streamOf(int deviceNo, String code) {
        return jdbc.sql("select coalesce(stream_id, 0) from gb28181_channel where device_no = :device and code = :code")
                .param("device", deviceNo)
                .param("code", code)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** @return false when the version is not the present one */
    boolean home(long streamId, Integer preset, int version) {
        return jdbc.sql("""
                        update gb28181_channel set home_preset = :preset, version = version + 1
                        where stream_id = :stream and version = :version""")
                        .param("preset", preset)
                        .param("stream", streamId)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static String[] texts(List<Channel> channels, Function<Channel, String> text) {
        return channels.stream().map(text).toArray(String[]::new);
    }

    private static Boolean online(Channel channel) {
        return switch (channel.event()) {
            case "ON" -> Boolean.TRUE;
            case "OFF", "VLOST", "DEFECT" -> Boolean.FALSE;
            default -> channel.online();
        };
    }

    private static Shown shown(ResultSet row) throws SQLException {
        long stream = row.getLong("stream_id");
        return new Shown(
                row.getString("code"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("parent"),
                row.getString("placed_under"),
                row.getBoolean("children"),
                row.getString("business_group"),
                row.getString("region"),
                row.getString("manufacturer"),
                row.getString("model"),
                (Boolean) row.getObject("online"),
                row.getInt("ptz"),
                row.getBoolean("listed"),
                stream == 0 ? null : Long.toString(stream),
                (Integer) row.getObject("home_preset"));
    }
}

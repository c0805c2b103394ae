package org.farwatch.api.video;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.Home;
import org.farwatch.api.Sealer;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.web.Given;
import org.farwatch.ingest.media.pull.PullSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Streams in the database. An address that holds secrets stands there twice: without them, and whole but sealed with a
 * key of this home.
 */
@Repository
class StreamTable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTable.class);
    private static final String SELECT = """
            select s.*, d.id as device_id from stream s left join device d on d.no = s.device_no
            """;

    private final JdbcClient jdbc;
    private final Sealer sources;

    StreamTable(JdbcClient jdbc, Home home) {
        this.jdbc = jdbc;
        this.sources = new Sealer(home.secret("stream-sources"));
    }

    /**
     * @param squadNo null for a stream that only those see who see the whole district
     * @param sourceUrl whole, with its secrets; null when it is fetched from nowhere, or when the address was sealed with
     *     a key that is not here
     * @param shownUrl the same without its secrets
     * @param subUrl of the smaller picture, as {@code sourceUrl}; {@code shownSubUrl} as {@code shownUrl}
     * @param loudspeaker it is spoken to and sends nothing
     */
    record Stored(
            long id,
            String name,
            Integer deviceNo,
            String deviceId,
            String channelId,
            Long squadNo,
            String sourceUrl,
            String shownUrl,
            String subUrl,
            String shownSubUrl,
            boolean record,
            boolean loudspeaker,
            Fetch fetch,
            Stream.Location location,
            Float heading,
            Float fieldOfView,
            int version) {
        /** Without its secrets, whoever writes it into a log. */
        @Override
        public String toString() {
            return "stream " + id + " from " + shownUrl;
        }
    }

    /**
     * What of a stream can be set.
     *
     * @param channelId of the device, as its protocol names it; null where it has but one
     * @param sourceUrl whole; null leaves the address as it is
     * @param subUrl of the smaller picture, whole; null leaves it as it is, one without a value takes it away
     * @param loudspeaker from its beginning, as {@link Stored#loudspeaker}: it cannot become one
     */
    record Facts(
            String name,
            Integer deviceNo,
            String channelId,
            Long squadNo,
            String sourceUrl,
            Given<String> subUrl,
            boolean record,
            boolean loudspeaker,
            Fetch fetch,
            Stream.Location location,
            Float heading,
            Float fieldOfView) {}

    /** All that are fetched. */
    List<Stored> all() {
        return list(DataScope.EVERYTHING, StreamKind.CAMERA, 0, Integer.MAX_VALUE);
    }

    /**
     * In the order of their ids.
     *
     * @param after id of the last one given before, 0 for the first part
     */
    List<Stored> list(DataScope scope, StreamKind kind, long after, int limit) {
        return jdbc.sql(SELECT + """
                         where not s.retired and s.id > :after and (:everything or s.squad_id = any(:squads))
                            and (:kind = 'all' or s.loudspeaker = (:kind = 'loudspeaker'))
                        order by s.id limit :limit""")
                .param("kind", kind.label())
                .param("after", after)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Also one that is retired: what it recorded is still to be seen. */
    Optional<Stored> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " where s.id = :id and (:everything or s.squad_id = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * The stream that is fetched from an address like this, of several the one that is not retired and newest.
     *
     * @param pattern of SQL's {@code like}
     */
    Optional<Long> fetchedFrom(String pattern) {
        return jdbc.sql("select id from stream where source_url like :pattern order by retired, id desc limit 1")
                .param("pattern", pattern)
                .query(Long.class)
                .optional();
    }

    /** Of each of these devices the first of its cameras that are fetched by a scheme, by the numbers of the devices. */
    Map<Integer, Long> firstOf(Collection<Integer> devices, String scheme) {
        Map<Integer, Long> first = new HashMap<>();
        jdbc.sql("""
                        select device_no, min(id) from stream
                        where device_no = any(:devices) and not retired and not loudspeaker and source_url like :scheme || ':%'
                        group by device_no""")
                .param("devices", devices.toArray(Integer[]::new))
                .param("scheme", scheme)
                .query((RowCallbackHandler) row -> first.put(row.getInt(1), row.getLong(2)));
        return first;
    }

    /** Those of these addresses that a stream has, also one that is retired; no address holds secrets. */
    Map<String, Long> ofAddresses(Collection<String> addresses) {
        Map<String, Long> found = new HashMap<>();
        jdbc.sql("select source_url, id from stream where source_url = any(:addresses) order by not retired, id")
                .param("addresses", addresses.toArray(String[]::new))
                .query((RowCallbackHandler) row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    long insert(Facts facts) {
        long id = jdbc.sql("select nextval(pg_get_serial_sequence('stream', 'id'))")
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into stream (id, name, device_no, channel_id, squad_id, source_url, source_sealed, sub_url,
                            sub_sealed, record, loudspeaker, fetched, longitude, latitude, heading, field_of_view)
                        overriding system value
                        values (:id, :name, :device, :channel, :squad, :url, :sealed, :sub, :subSealed,
                            :record, :loudspeaker, :fetch, :longitude, :latitude, :heading, :view)""")
                .params(parameters(facts))
                .param("subSealed", sealed(subOwner(id), Given.or(facts.subUrl(), null)), Types.BINARY)
                .param("id", id)
                .param("url", facts.sourceUrl() == null ? null : PullSource.hidden(facts.sourceUrl()))
                .param("sealed", sealed(owner(id), facts.sourceUrl()), Types.BINARY)
                .update();
        return id;
    }

    /**
     * Many at once, in one statement, of addresses that hold no secrets.
     *
     * @return them as they are now, in no order
     */
    List<Stored> insert(Collection<Facts> all) {
        if (all.stream().anyMatch(facts -> hasSecrets(facts.sourceUrl()) || hasSecrets(sub(facts)))) {
            throw new IllegalArgumentException("an address that holds secrets is sealed by itself");
        }
        List<Long> ids = jdbc.sql("""
                        insert into stream (name, device_no, channel_id, squad_id, source_url, sub_url, record, loudspeaker,
                            fetched, longitude, latitude)
                        select * from unnest(:names::text[], :devices::int[], :channels::text[], :squads::bigint[],
                            :urls::text[], :subs::text[], :record::boolean[], :loudspeakers::boolean[],
                            :fetch::text[], :longitudes::float8[], :latitudes::float8[])
                        returning id""")
                .param("names", all.stream().map(Facts::name).toArray(String[]::new))
                .param("devices", all.stream().map(Facts::deviceNo).toArray(Integer[]::new))
                .param("channels", all.stream().map(Facts::channelId).toArray(String[]::new))
                .param("squads", all.stream().map(Facts::squadNo).toArray(Long[]::new))
                .param("urls", all.stream().map(Facts::sourceUrl).toArray(String[]::new))
                .param("subs", all.stream().map(StreamTable::sub).toArray(String[]::new))
                .param("record", all.stream().map(Facts::record).toArray(Boolean[]::new))
                .param("loudspeakers", all.stream().map(Facts::loudspeaker).toArray(Boolean[]::new))
                .param("fetch", all.stream().map(facts -> facts.fetch().label()).toArray(String[]::new))
                .param(
                        "longitudes",
                        all.stream()
                                .map(facts -> facts.location() == null
                                        ? null
                                        : (Double) facts.location().longitude())
                                .toArray(Double[]::new))
                .param(
                        "latitudes",
                        all.stream()
                                .map(facts -> facts.location() == null
                                        ? null
                                        : (Double) facts.location().latitude())
                                .toArray(Double[]::new))
                .query(Long.class)
                .list();
        return jdbc.sql(SELECT + " where s.id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> read(row))
                .list();
    }

    /** @return false when the version is not the present one */
    boolean update(long id, int version, Facts facts) {
        return jdbc.sql("""
                        update stream set name = :name, device_no = :device, channel_id = :channel, squad_id = :squad,
                            source_url = coalesce(:url, source_url),
                            source_sealed = case when (:url)::text is null then source_sealed else (:sealed)::bytea end,
                            sub_url = case when :subGiven then (:sub)::text else sub_url end,
                            sub_sealed = case when :subGiven then (:subSealed)::bytea else sub_sealed end,
                            record = :record, fetched = :fetch, longitude = :longitude, latitude = :latitude, heading = :heading,
                            field_of_view = :view, version = version + 1
                        where id = :id and version = :version and not retired""")
                        .params(parameters(facts))
                        .param("subGiven", facts.subUrl() != null)
                        .param("subSealed", sealed(subOwner(id), Given.or(facts.subUrl(), null)), Types.BINARY)
                        .param("url", facts.sourceUrl() == null ? null : PullSource.hidden(facts.sourceUrl()))
                        .param("sealed", sealed(owner(id), facts.sourceUrl()), Types.BINARY)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Seals what an earlier release kept in clear. What it left in the table's file goes too. */
    void sealAll() {
        record Clear(long id, String url) {}
        List<Clear> clear = jdbc
                .sql("select id, source_url from stream where source_url is not null and source_sealed is null")
                .query((row, _) -> new Clear(row.getLong(1), row.getString(2)))
                .list()
                .stream()
                .filter(stream -> hasSecrets(stream.url()))
                .toList();
        clear.forEach(stream -> jdbc.sql(
                        "update stream set source_url = :shown, source_sealed = :sealed where id = :id")
                .param("shown", PullSource.hidden(stream.url()))
                .param("sealed", sealed(owner(stream.id()), stream.url()), Types.BINARY)
                .param("id", stream.id())
                .update());
        if (!clear.isEmpty()) {
            jdbc.sql("vacuum full stream").update();
            LOG.info("{} addresses of streams were sealed", clear.size());
        }
    }

    /** @return false when the version is not the present one */
    boolean retire(long id, int version) {
        return jdbc.sql("""
                        update stream set retired = true, record = false, version = version + 1
                        where id = :id and version = :version and not retired""").param("id", id).param("version", version).update() == 1;
    }

    private static Map<String, Object> parameters(Facts facts) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("name", facts.name());
        parameters.put("device", facts.deviceNo());
        parameters.put("channel", facts.channelId());
        parameters.put("squad", facts.squadNo());
        String sub = sub(facts);
        parameters.put("sub", sub == null ? null : PullSource.hidden(sub));
        parameters.put("record", facts.record());
        parameters.put("loudspeaker", facts.loudspeaker());
        parameters.put("fetch", facts.fetch().label());
        parameters.put(
                "longitude", facts.location() == null ? null : facts.location().longitude());
        parameters.put(
                "latitude", facts.location() == null ? null : facts.location().latitude());
        parameters.put("heading", facts.heading());
        parameters.put("view", facts.fieldOfView());
        return parameters;
    }

    private static String sub(Facts facts) {
        return Given.or(facts.subUrl(), null);
    }

    private static boolean hasSecrets(String address) {
        return address != null && !PullSource.hidden(address).equals(address);
    }

    private byte[] sealed(byte[] owner, String address) {
        return address == null || !hasSecrets(address)
                ? null
                : sources.seal(address.getBytes(StandardCharsets.UTF_8), owner);
    }

    /** Null when it was sealed with another key, as after a restore without keys. */
    private String opened(byte[] owner, String shown, byte[] sealed) {
        if (sealed == null) {
            return shown;
        }
        try {
            return new String(sources.open(sealed, owner), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static byte[] owner(long id) {
        return ("stream " + id).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] subOwner(long id) {
        return ("stream " + id + " sub").getBytes(StandardCharsets.US_ASCII);
    }

    private Stored read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String shown = row.getString("source_url");
        String shownSub = row.getString("sub_url");
        return new Stored(
                id,
                row.getString("name"),
                row.getObject("device_no", Integer.class),
                row.getString("device_id"),
                row.getString("channel_id"),
                row.getObject("squad_id", Long.class),
                opened(owner(id), shown, row.getBytes("source_sealed")),
                shown,
                opened(subOwner(id), shownSub, row.getBytes("sub_sealed")),
                shownSub,
                row.getBoolean("record"),
                row.getBoolean("loudspeaker"),
                Fetch.of(row.getString("fetched")),
                row.getObject("longitude") == null
                        ? null
                        : new Stream.Location(row.getDouble("longitude"), row.getDouble("latitude")),
                row.getObject("heading", Float.class),
                row.getObject("field_of_view", Float.class),
                row.getInt("version"));
    }
}

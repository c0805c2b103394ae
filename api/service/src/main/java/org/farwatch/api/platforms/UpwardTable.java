package org.farwatch.api.platforms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.Home;
import org.farwatch.api.Sealer;
import org.farwatch.ingest.jt809.Edition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Links to city platforms in the database; password and keys stand there sealed, as we have to show them. */
@Repository
class UpwardTable {
    private static final String SELECT = """
            select l.*,
                array(select d.id from upward_link_device x join device d on d.no = x.device_no
                      where x.link_id = l.id order by d.id) as devices,
                array(select x.squad_id::text from upward_link_squad x where x.link_id = l.id order by x.squad_id) as squads
            from upward_link l
            """;

    private final JdbcClient jdbc;
    private final Sealer sealer;

    UpwardTable(JdbcClient jdbc, Home home) {
        this.jdbc = jdbc;
        sealer = new Sealer(home.secret("platforms"));
    }

    /** Password and keys, keys null when bodies are sent in clear. */
    record Secret(String password, Keys keys) {
        @Override
        public String toString() {
            return "secret";
        }
    }

    /**
     * A row.
     *
     * @param secret null when it was sealed with a key that is not here
     * @param dropped positions that waited longer than the queue holds
     */
    record Stored(
            long id,
            String name,
            String host,
            int port,
            long accessCode,
            long userId,
            Secret secret,
            Edition edition,
            String downAddress,
            int downPort,
            List<String> deviceIds,
            List<String> squadIds,
            boolean enabled,
            long dropped,
            int version) {}

    List<Stored> all() {
        return jdbc.sql(SELECT + " order by l.id").query((row, _) -> read(row)).list();
    }

    Optional<Stored> find(String id) {
        return jdbc.sql(SELECT + " where l.id::text = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** @return its id */
    long insert(UpwardController.Wanted wanted, List<Integer> devices, List<Long> squads) {
        long id = jdbc.sql("select nextval(pg_get_serial_sequence('upward_link', 'id'))")
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into upward_link (id, name, host, port, access_code, user_id, secret_sealed, edition,
                    down_address, down_port, enabled)
                overriding system value
                values (:id, :name, :host, :port, :access, :user, :secret, :edition, :downAddress, :downPort, :enabled)""")
                .params(parameters(id, wanted, new Secret(wanted.password(), wanted.keys())))
                .update();
        choose(id, devices, squads);
        return id;
    }

    /** @return false when the version is not the present one */
    boolean update(Stored before, UpwardController.Wanted wanted, List<Integer> devices, List<Long> squads) {
        Secret old = before.secret() == null ? new Secret(null, null) : before.secret();
        Keys keys = wanted.keys() == null ? old.keys() : wanted.keys();
        Secret secret = new Secret(
                wanted.password() == null ? old.password() : wanted.password(), wanted.encrypted() ? keys : null);
        boolean done = jdbc.sql("""
                        update upward_link set name = :name, host = :host, port = :port, access_code = :access,
                            user_id = :user, secret_sealed = :secret, edition = :edition, down_address = :downAddress,
                            down_port = :downPort, enabled = :enabled, version = version + 1
                        where id = :id and version = :version""")
                        .params(parameters(before.id(), wanted, secret))
                        .param("version", wanted.version())
                        .update()
                == 1;
        if (done) {
            choose(before.id(), devices, squads);
        }
        return done;
    }

    boolean delete(long id, int version) {
        return jdbc.sql("delete from upward_link where id = :id and version = :version")
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private void choose(long id, List<Integer> devices, List<Long> squads) {
        jdbc.sql("delete from upward_link_device where link_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from upward_link_squad where link_id = :id")
                .param("id", id)
                .update();
        devices.forEach(no -> jdbc.sql("insert into upward_link_device values (:id, :no)")
                .param("id", id)
                .param("no", no)
                .update());
        squads.forEach(no -> jdbc.sql("insert into upward_link_squad values (:id, :no)")
                .param("id", id)
                .param("no", no)
                .update());
    }

    private Map<String, Object> parameters(long id, UpwardController.Wanted wanted, Secret secret) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", id);
        parameters.put("name", wanted.name().strip());
        parameters.put("host", wanted.host().strip());
        parameters.put("port", wanted.port());
        parameters.put("access", wanted.accessCode());
        parameters.put("user", wanted.userId());
        parameters.put("secret", seal(id, secret));
        parameters.put("edition", wanted.edition());
        parameters.put(
                "downAddress",
                wanted.downAddress() == null ? "" : wanted.downAddress().strip());
        parameters.put("downPort", wanted.downPort() == null ? 0 : wanted.downPort());
        parameters.put("enabled", wanted.enabled());
        return parameters;
    }

    /** The keys on the first line, empty for none; then the password. */
    private byte[] seal(long id, Secret secret) {
        String text = (secret.keys() == null ? "" : secret.keys().text()) + "\n" + secret.password();
        return sealer.seal(text.getBytes(StandardCharsets.UTF_8), owner(id));
    }

    private Secret opened(long id, byte[] sealed) {
        try {
            String[] lines = new String(sealer.open(sealed, owner(id)), StandardCharsets.UTF_8).split("\n", 2);
            return new Secret(lines[1], lines[0].isEmpty() ? null : Keys.of(lines[0]));
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static byte[] owner(long id) {
        return ("upward link " + id).getBytes(StandardCharsets.US_ASCII);
    }

    private Stored read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new Stored(
                id,
                row.getString("name"),
                row.getString("host"),
                row.getInt("port"),
                row.getLong("access_code"),
                row.getLong("user_id"),
                opened(id, row.getBytes("secret_sealed")),
                Edition.of(row.getString("edition")),
                row.getString("down_address"),
                row.getInt("down_port"),
                texts(row.getArray("devices")),
                texts(row.getArray("squads")),
                row.getBoolean("enabled"),
                row.getLong("dropped"),
                row.getInt("version"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}

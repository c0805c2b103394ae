package org.farwatch.api.platforms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.farwatch.api.Home;
import org.farwatch.api.Sealer;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt809.Edition;
import org.farwatch.ingest.jt809.LowerPlatform;
import org.farwatch.ingest.jt809.PlatformDirectory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Subordinate platforms: in the database, and those that may log in also in memory, where the protocol looks. One thread
 * checks passwords, as a check is slow and takes 16 MB; more logins than wait for it are told that we are busy.
 */
@Component
@DependsOnDatabaseInitialization
class LowerPlatforms implements PlatformDirectory, DisposableBean {
    private static final int LOGINS_WAITING = 50;

    private final JdbcClient jdbc;
    private final DeviceRegister devices;
    private final Sealer sealer;
    private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final ExecutorService checks = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOGINS_WAITING),
            Thread.ofPlatform().name("jt809-passwords").factory());
    private volatile Map<Long, Stored> byAccessCode = Map.of();

    LowerPlatforms(JdbcClient jdbc, DeviceRegister devices, Home home) {
        this.jdbc = jdbc;
        this.devices = devices;
        sealer = new Sealer(home.secret("platforms"));
        reload();
    }

    /**
     * A row.
     *
     * @param keys null when none are agreed
     * @param squadNo of new vehicles, null for none
     */
    record Stored(
            long id,
            String name,
            long accessCode,
            long userId,
            String passwordHash,
            Keys keys,
            Edition edition,
            String address,
            boolean createsVehicles,
            Datum datum,
            Long squadNo,
            boolean enabled,
            int version) {

        LowerPlatform platform() {
            return new LowerPlatform(
                    id,
                    name,
                    accessCode,
                    userId,
                    edition,
                    keys == null ? null : keys.cipher(),
                    address,
                    createsVehicles,
                    datum);
        }
    }

    /** Reads anew which platforms may log in; after a commit. */
    final void reload() {
        byAccessCode = all().stream().filter(Stored::enabled).collect(Collectors.toMap(Stored::accessCode, row -> row));
    }

    List<Stored> all() {
        return jdbc.sql("select * from lower_platform order by id")
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Stored> find(String id) {
        return jdbc.sql("select * from lower_platform where id::text = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** @return its id */
    long insert(LowerController.Wanted wanted, Long squadNo) {
        long id = jdbc.sql("""
                        insert into lower_platform (name, access_code, user_id, password_hash, edition, address,
                            creates_vehicles, datum, squad_id, enabled)
                        values (:name, :access, :user, :hash, :edition, :address, :creates, :datum, :squad, :enabled)
                        returning id""")
                .params(parameters(wanted, squadNo))
                .param("hash", encoder.encode(wanted.password()))
                .query(Long.class)
                .single();
        setKeys(id, wanted.keys());
        return id;
    }

    /** @return false when the version is not the present one */
    boolean update(Stored before, LowerController.Wanted wanted, Long squadNo) {
        String hash = wanted.password() == null ? before.passwordHash() : encoder.encode(wanted.password());
        boolean done = jdbc.sql("""
                        update lower_platform set name = :name, access_code = :access, user_id = :user,
                            password_hash = :hash, edition = :edition, address = :address, creates_vehicles = :creates,
                            datum = :datum, squad_id = :squad, enabled = :enabled, version = version + 1
                        where id = :id and version = :version""")
                        .params(parameters(wanted, squadNo))
                        .param("hash", hash)
                        .param("id", before.id())
                        .param("version", wanted.version())
                        .update()
                == 1;
        if (done && (wanted.keys() != null || !wanted.encrypted())) {
            setKeys(before.id(), wanted.encrypted() ? wanted.keys() : null);
        }
        return done;
    }

    boolean delete(long id, int version) {
        return jdbc.sql("delete from lower_platform where id = :id and version = :version")
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private void setKeys(long id, Keys keys) {
        byte[] sealed = keys == null ? null : sealer.seal(keys.text().getBytes(StandardCharsets.US_ASCII), owner(id));
        jdbc.sql("update lower_platform set cipher_sealed = :sealed where id = :id")
                .param("sealed", sealed, Types.BINARY)
                .param("id", id)
                .update();
    }

    private static Map<String, Object> parameters(LowerController.Wanted wanted, Long squadNo) {
        Map<String, Object> parameters = new java.util.HashMap<>();
        parameters.put("name", wanted.name().strip());
        parameters.put("access", wanted.accessCode());
        parameters.put("user", wanted.userId());
        parameters.put("edition", wanted.edition());
        parameters.put("address", wanted.address());
        parameters.put("creates", wanted.createsVehicles());
        parameters.put("datum", wanted.datum().name());
        parameters.put("squad", squadNo);
        parameters.put("enabled", wanted.enabled());
        return parameters;
    }

    private Stored read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        byte[] sealed = row.getBytes("cipher_sealed");
        return new Stored(
                id,
                row.getString("name"),
                row.getLong("access_code"),
                row.getLong("user_id"),
                row.getString("password_hash"),
                sealed == null ? null : opened(id, sealed),
                Edition.of(row.getString("edition")),
                row.getString("address"),
                row.getBoolean("creates_vehicles"),
                Datum.valueOf(row.getString("datum")),
                row.getObject("squad_id", Long.class),
                row.getBoolean("enabled"),
                row.getInt("version"));
    }

    /** Null when they were sealed with another key, as after a restore without keys: encrypted messages are then refused. */
    private Keys opened(long id, byte[] sealed) {
        try {
            return Keys.of(new String(sealer.open(sealed, owner(id)), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    private static byte[] owner(long id) {
        return ("lower platform " + id).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public LowerPlatform find(long accessCode) {
        Stored stored = byAccessCode.get(accessCode);
        return stored == null ? null : stored.platform();
    }

    @Override
    public CompletionStage<PasswordCheck> check(LowerPlatform platform, String password) {
        Stored stored = byAccessCode.get(platform.accessCode());
        if (stored == null) {
            return CompletableFuture.completedFuture(PasswordCheck.WRONG);
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> encoder.matches(password, stored.passwordHash()) ? PasswordCheck.RIGHT : PasswordCheck.WRONG,
                    checks);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(PasswordCheck.UNAVAILABLE);
        }
    }

    @Override
    public CompletionStage<Admission> create(LowerPlatform platform, int plateColour, String plate) {
        Stored stored = byAccessCode.get(platform.accessCode());
        return devices.takeIn(
                Protocol.JT809,
                platform.protocolId(plateColour, plate),
                plate,
                stored == null ? null : stored.squadNo(),
                platform.datum());
    }

    @Override
    public void destroy() {
        checks.shutdownNow();
    }
}

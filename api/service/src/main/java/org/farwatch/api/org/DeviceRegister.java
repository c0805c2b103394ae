package org.farwatch.api.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.DeviceDirectory.Admission.Accepted;
import org.farwatch.ingest.DeviceDirectory.Admission.Refused;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * All devices in memory, the database behind. Protocols look devices up for every frame without blocking; what has to
 * ask or change the database runs on two threads of its own with a bounded queue.
 */
public final class DeviceRegister implements DeviceDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegister.class);
    private static final int THREADS = 2;
    private static final int QUEUE = 10_000;
    private static final int MAX_ID = 40;
    private static final String COLUMNS =
            "no, id, name, kind, protocol, protocol_id, coalesce(squad_id, 0) as squad_no, datum, code_hash,"
                    + " code_at, old_code_hash, old_code_until";

    private final JdbcClient jdbc;
    private final DeviceSettings settings;
    private final DeviceActivity activity;
    private final Clock clock;
    private final AuthorisationCodes codes = new AuthorisationCodes();
    private final Map<Key, RegisteredDevice> byProtocolId = new ConcurrentHashMap<>();
    private final Map<Integer, RegisteredDevice> byNo = new ConcurrentHashMap<>();
    private final Map<String, RegisteredDevice> byId = new ConcurrentHashMap<>();
    private final List<Consumer<KnownDevice>> newSecret = new CopyOnWriteArrayList<>();
    private final ExecutorService worker;

    private record Key(Protocol protocol, String protocolId) {}

    public DeviceRegister(JdbcClient jdbc, DeviceSettings settings, DeviceActivity activity, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.activity = activity;
        this.clock = clock;
        this.worker = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("device-register-", 0).factory());
        jdbc.sql("select " + COLUMNS + " from device")
                .query((row, _) -> read(row))
                .list()
                .forEach(this::remember);
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        RegisteredDevice device = byProtocolId.get(new Key(protocol, protocolId));
        return device == null ? null : device.known();
    }

    /** The device with this number, or null. */
    public RegisteredDevice byNo(int no) {
        return byNo.get(no);
    }

    /** The device with this public id, or null. */
    public RegisteredDevice byId(String id) {
        return byId.get(id);
    }

    public List<RegisteredDevice> all() {
        return List.copyOf(byNo.values());
    }

    public DeviceActivity activity() {
        return activity;
    }

    public int size() {
        return byNo.size();
    }

    /** Takes over what a change in the database made of a device; call after its commit. */
    public RegisteredDevice refresh(String id) {
        return jdbc.sql("select " + COLUMNS + " from device where id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional()
                .map(this::remember)
                .orElseGet(() -> forget(id));
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        return ask(() -> {
            RegisteredDevice device = byProtocolId.get(new Key(registration.protocol(), registration.protocolId()));
            if (device == null) {
                if (!mayCreate(registration.protocolId())) {
                    return new Refused(Refusal.UNKNOWN_DEVICE);
                }
                device = create(registration.protocol(), registration.protocolId(), registration.plate());
            }
            String code = codes.next();
            jdbc.sql("""
                    update device set code_hash = :hash, code_at = :now,
                        old_code_hash = case when old_code_hash is not null and old_code_until > :now
                            then old_code_hash else code_hash end,
                        old_code_until = case when old_code_hash is not null and old_code_until > :now
                            then old_code_until else :now + make_interval(secs => :grace) end,
                        registration = jsonb_build_object(
                        'layout', :layout::text, 'province', :province::int, 'city', :city::int,
                        'manufacturer', :manufacturer::text, 'model', :model::text, 'terminalId', :terminalId::text,
                        'plateColour', :plateColour::int, 'plate', :plate::text)
                    where no = :no""")
                    .param("hash", AuthorisationCodes.hash(code))
                    .param("now", now())
                    .param("grace", settings.codeGrace().toSeconds())
                    .param("layout", registration.layout())
                    .param("province", registration.province())
                    .param("city", registration.city())
                    .param("manufacturer", registration.manufacturer())
                    .param("model", registration.model())
                    .param("terminalId", registration.terminalId())
                    .param("plateColour", registration.plateColour())
                    .param("plate", registration.plate())
                    .param("no", device.known().no())
                    .update();
            return new Accepted(refresh(device.known().id()).known(), code);
        });
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        RegisteredDevice device = byProtocolId.get(new Key(protocol, protocolId));
        if (device != null && device.codes().given()) {
            return CompletableFuture.completedFuture(
                    admits(device, code) ? new Accepted(device.known(), "") : new Refused(Refusal.WRONG_CODE));
        }
        if (device != null && protocol == Protocol.NMEA) {
            // Receivers have nothing to show; one that was given a secret has to show it.
            return CompletableFuture.completedFuture(new Accepted(device.known(), ""));
        }
        if (!settings.selfRegistration()) {
            return CompletableFuture.completedFuture(
                    new Refused(device == null ? Refusal.UNKNOWN_DEVICE : Refusal.WRONG_CODE));
        }
        return ask(() -> {
            RegisteredDevice found = byProtocolId.get(new Key(protocol, protocolId));
            if (found == null) {
                if (!mayCreate(protocolId)) {
                    return new Refused(Refusal.UNKNOWN_DEVICE);
                }
                found = create(protocol, protocolId, "");
            }
            jdbc.sql("update device set code_hash = :hash, code_at = :now where no = :no and code_hash is null")
                    .param("hash", AuthorisationCodes.hash(code))
                    .param("now", now())
                    .param("no", found.known().no())
                    .update();
            return new Accepted(refresh(found.known().id()).known(), "");
        });
    }

    /**
     * A new code may never have reached the device: until it is used, the one before is good for a while. A code that is
     * too old is refused, which makes the device register again and get another.
     */
    private boolean admits(RegisteredDevice device, String code) {
        AuthorisationCodes.Held held = device.codes();
        Instant now = clock.instant();
        if (held.isOld(code, now)) {
            return true;
        }
        boolean good = held.isPresent(code) && !held.aged(settings.codeAge(), now);
        if (good && held.oldHash() != null) {
            forgetOldCode(device.known());
        }
        return good;
    }

    private void forgetOldCode(KnownDevice device) {
        var _ = ask(() -> {
            jdbc.sql("update device set old_code_hash = null, old_code_until = null where no = :no")
                    .param("no", device.no())
                    .update();
            return new Accepted(refresh(device.id()).known(), "");
        });
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        RegisteredDevice device = byProtocolId.get(new Key(protocol, protocolId));
        if (device != null) {
            return CompletableFuture.completedFuture(
                    settings.selfRegistration()
                            ? new Accepted(device.known(), "")
                            : new Refused(Refusal.NOT_AUTHENTICATED));
        }
        if (!mayCreate(protocolId)) {
            return CompletableFuture.completedFuture(new Refused(Refusal.UNKNOWN_DEVICE));
        }
        return ask(() -> new Accepted(create(protocol, protocolId, "").known(), ""));
    }

    /**
     * Creates the vehicle of another platform, which answers for it: self-registration does not matter, the limit does. A
     * known one is accepted as it is. Completes on any thread.
     *
     * @param squadNo null for none
     * @param datum in which it reports
     */
    public CompletionStage<Admission> takeIn(
            Protocol protocol, String protocolId, String name, Long squadNo, Datum datum) {
        return ask(() -> {
            RegisteredDevice known = byProtocolId.get(new Key(protocol, protocolId));
            if (known != null) {
                return new Accepted(known.known(), "");
            }
            if (byNo.size() >= settings.limit() || protocolId.length() > MAX_ID) {
                return new Refused(Refusal.UNKNOWN_DEVICE);
            }
            RegisteredDevice made = create(protocol, protocolId, name);
            jdbc.sql("update device set squad_id = :squad, datum = :datum where no = :no")
                    .param("squad", squadNo)
                    .param("datum", datum.name())
                    .param("no", made.known().no())
                    .update();
            return new Accepted(refresh(made.known().id()).known(), "");
        });
    }

    /** Whether unknown devices are taken in. */
    public boolean selfRegistration() {
        return settings.selfRegistration();
    }

    /**
     * Gives the device a new secret and keeps only its hash; the old one is good for nothing once this is committed.
     *
     * @return the secret, which nobody can ask for again
     */
    public String issueSecret(String id) {
        String secret = codes.next();
        jdbc.sql("""
                update device set code_hash = :hash, code_at = :now, old_code_hash = null, old_code_until = null,
                    version = version + 1
                where id = :id""")
                .param("hash", AuthorisationCodes.hash(secret))
                .param("now", now())
                .param("id", id)
                .update();
        afterCommit(() -> {
            RegisteredDevice device = refresh(id);
            newSecret.forEach(listener -> listener.accept(device.known()));
        });
        return secret;
    }

    /** Told of every device whose secret was replaced. */
    public void onNewSecret(Consumer<KnownDevice> listener) {
        newSecret.add(listener);
    }

    /** Takes a change of the register over when the transaction that makes it has committed, at once outside of one. */
    void refreshAfterCommit(String id) {
        afterCommit(() -> refresh(id));
    }

    /**
     * Whether a device that shows this secret may connect: it is the device's, or the device has none yet and devices
     * may register themselves. Any thread, never blocks.
     */
    public boolean admits(Protocol protocol, String protocolId, char[] secret) {
        RegisteredDevice device = byProtocolId.get(new Key(protocol, protocolId));
        return device == null || !device.codes().given()
                ? settings.selfRegistration()
                : device.codes().isPresent(new String(secret));
    }

    private static void afterCommit(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }

    @Override
    public void presence(KnownDevice device, boolean online, Instant at) {
        activity.connection(device.no(), online, at);
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    private CompletionStage<Admission> ask(Supplier<Admission> question) {
        try {
            return CompletableFuture.supplyAsync(question, worker).exceptionally(failure -> {
                LOG.warn("the device register could not be asked: {}", failure.getMessage());
                return new Refused(Refusal.UNAVAILABLE);
            });
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Refused(Refusal.UNAVAILABLE));
        }
    }

    private boolean mayCreate(String protocolId) {
        return settings.selfRegistration()
                && byNo.size() < settings.limit()
                && !protocolId.isEmpty()
                && protocolId.length() <= MAX_ID;
    }

    private RegisteredDevice create(Protocol protocol, String protocolId, String name) {
        String id = protocol.label() + "-" + protocolId;
        try {
            jdbc.sql("""
                    insert into device (id, name, kind, protocol, protocol_id) values (:id, :name, :kind, :protocol, :protocolId)
                    on conflict (protocol, protocol_id) do nothing""")
                    .param("id", id)
                    .param("name", name.isBlank() ? id : name)
                    .param("kind", kindOf(protocol).label())
                    .param("protocol", protocol.label())
                    .param("protocolId", protocolId)
                    .update();
        } catch (DataAccessException e) {
            throw new IllegalStateException("device " + id + " could not be created: " + e.getMessage(), e);
        }
        return jdbc.sql("select " + COLUMNS + " from device where protocol = :protocol and protocol_id = :protocolId")
                .param("protocol", protocol.label())
                .param("protocolId", protocolId)
                .query((row, _) -> remember(read(row)))
                .single();
    }

    /** What a device is of which nothing but its protocol is known; its administrator knows more. */
    private static DeviceKind kindOf(Protocol protocol) {
        return switch (protocol) {
            case MQTT -> DeviceKind.HANDSET;
            case GB28181, RTSP -> DeviceKind.CAMERA;
            case JT808, JT809, JT1078, NMEA -> DeviceKind.VEHICLE_TERMINAL;
        };
    }

    private RegisteredDevice remember(RegisteredDevice device) {
        RegisteredDevice before = byNo.put(device.known().no(), device);
        if (before != null && !before.known().protocolId().equals(device.known().protocolId())) {
            byProtocolId.remove(
                    new Key(before.known().protocol(), before.known().protocolId()));
        }
        byId.put(device.known().id(), device);
        byProtocolId.put(new Key(device.known().protocol(), device.known().protocolId()), device);
        return device;
    }

    private RegisteredDevice forget(String id) {
        RegisteredDevice gone = byId.remove(id);
        if (gone != null) {
            byNo.remove(gone.known().no());
            byProtocolId.remove(new Key(gone.known().protocol(), gone.known().protocolId()));
        }
        return gone;
    }

    private static RegisteredDevice read(ResultSet row) throws SQLException {
        return new RegisteredDevice(
                new KnownDevice(
                        row.getInt("no"),
                        row.getString("id"),
                        Protocol.of(row.getString("protocol")),
                        row.getString("protocol_id"),
                        Datum.valueOf(row.getString("datum"))),
                row.getString("name"),
                DeviceKind.of(row.getString("kind")),
                row.getLong("squad_no"),
                new AuthorisationCodes.Held(
                        row.getBytes("code_hash"),
                        instant(row.getTimestamp("code_at")),
                        row.getBytes("old_code_hash"),
                        instant(row.getTimestamp("old_code_until"))));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

package org.farwatch.api.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What has to be set up of devices with cameras: a PTZ dome with two cameras registers over GB/T 28181, the first vehicle is
 * asked for its cameras (JT/T 1078), and a station uploads what a body camera recorded on its last shift. Nothing is drawn or
 * encoded until somebody watches. Owned by one thread of its own, which tries each part again until it is done.
 */
final class DemoDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoDevices.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final int REGISTERED_SECONDS = 3_600;
    private static final Duration RENEW = Duration.ofMinutes(50);
    private static final List<String> CAMERAS = List.of("34020000001320000301", "34020000001320000302");
    private static final List<String> NAMES = List.of("江滨广场布控球 可见光", "江滨广场布控球 全景");
    private static final long SEED = 17;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERY_ADDRESS = "0.0.0.0";

    private final Function<String, DemoUser> users;
    private final Clock clock;
    private final String platform;
    private final String password;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("demo-devices").daemon().factory());

    private InetSocketAddress sip;
    private Grid grid;
    private SimulatedDevice dome;
    private Instant registered = Instant.EPOCH;
    private Instant alive = Instant.EPOCH;
    private boolean named;
    private boolean asked;
    private boolean brought;
    private String trouble;

    /**
     * @param users by user name
     * @param platform our code of GB/T 28181
     * @param password of the dome, the same at each start
     */
    DemoDevices(Function<String, DemoUser> users, Clock clock, String platform, String password) {
        this.users = users;
        this.clock = clock;
        this.platform = platform;
        this.password = password;
    }

    /** @param ports bound addresses by name */
    void start(Grid district, Map<String, String> ports) {
        grid = district;
        String address = ports.get("SIP UDP");
        if (address != null) {
            URI bound = URI.create(address);
            sip = new InetSocketAddress(
                    bound.getHost().equals(EVERY_ADDRESS) ? LOOPBACK : bound.getHost(), bound.getPort());
        }
        Future<?> _ =
                thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        String found = null;
        try {
            DemoUser keeper = users.apply("keeper1");
            if (sip != null) {
                keepDome(keeper);
                named = named || nameCameras(keeper);
            }
            asked = asked || askVehicle(keeper);
            brought = brought || bring(keeper);
        } catch (IOException | RuntimeException e) {
            found = e.getMessage();
        }
        if (found != null && !Objects.equals(found, trouble)) {
            LOG.warn("the demonstration's cameras are not all there yet: {}", found);
        }
        trouble = found;
    }

    private void keepDome(DemoUser keeper) throws IOException {
        Instant now = clock.instant();
        if (dome == null) {
            JsonNode known = keeper.first("/gb28181/devices", "code", DemoPeople.DOME);
            if (!known.path("ownPassword").asBoolean()) {
                keeper.put(
                        "/gb28181/devices/" + known.path("id").asString(),
                        Map.of("version", known.path("version").asInt(), "password", password));
            }
            dome = new SimulatedDevice(
                    DeviceTraits.proper(DemoPeople.DOME, password, CAMERAS),
                    platform,
                    sip,
                    () -> StreetScene.quiet(SEED));
        }
        if (registered.plus(RENEW).isBefore(now)) {
            register(now);
        } else if (alive.plus(KEEPALIVE).isBefore(now)) {
            if (dome.keepalive() == 200) {
                alive = now;
            } else {
                register(now);
            }
        }
    }

    private void register(Instant now) {
        registered = Instant.EPOCH;
        int status = dome.register(REGISTERED_SECONDS);
        if (status != 200) {
            throw new IllegalStateException("the PTZ dome was not admitted: " + status);
        }
        registered = now;
        alive = now;
    }

    /** A catalogue calls its cameras by their numbers; what people have named stays. @return whether all are there */
    private boolean nameCameras(DemoUser keeper) {
        List<JsonNode> streams = keeper.list("/streams").stream()
                .filter(stream -> CAMERAS.contains(stream.path("channelId").asString("")))
                .toList();
        for (JsonNode stream : streams) {
            int camera = CAMERAS.indexOf(stream.path("channelId").asString());
            if (stream.path("name").asString().startsWith("摄像机")) {
                double[] crossing = grid.crossing(4, 1);
                double[] place = grid.at(crossing[0] + 20, crossing[1] + 25.0 * camera);
                Map<String, Object> change = new HashMap<>();
                change.put("version", stream.path("version").asInt());
                change.put("name", NAMES.get(camera));
                change.put("location", Map.of("longitude", place[0], "latitude", place[1]));
                change.put("heading", 160);
                change.put("fieldOfView", 60);
                keeper.patch("/streams/" + stream.path("id").asString(), change);
            }
        }
        return streams.size() == CAMERAS.size();
    }

    /** Its cameras become streams that are fetched when they are watched. */
    private static boolean askVehicle(DemoUser keeper) {
        String path = "/devices/" + DemoPeople.VEHICLE_WITH_CAMERAS + "/channels";
        if (!keeper.list(path).isEmpty()) {
            return true;
        }
        return !keeper.post(path + "/query", Map.of()).path("items").isEmpty();
    }

    private boolean bring(DemoUser keeper) throws IOException {
        if (keeper.list("/uploads").isEmpty()) {
            ShiftRecording recording = ShiftRecording.before(clock.instant());
            users.apply("station1").upload(recording.name(), recording.file());
        }
        return true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LOOK.toSeconds(), TimeUnit.SECONDS)) {
                LOG.debug("a simulated device was being set up; the next start does so again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (dome != null) {
            dome.close();
        }
    }
}

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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What has to be set up of devices with cameras: a platform registers over GB/T 28181, the first vehicle is asked for its
 * cameras (JT/T 1078), a station uploads what a body camera recorded, and there is something to say to loudspeakers. Owned
 * by one thread of its own, which tries each part again until it is done.
 */
final class DemoDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoDevices.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Before recordings are drawn, which takes a processor some seconds: a start has other things to do. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERY_ADDRESS = "0.0.0.0";
    private static final String GB28181 = "/gb28181/devices";
    /** Looks without success in a row. */
    private static final int PATIENCE = 6;

    private static final String CHIME = "提示音";

    private final Function<String, DemoUser> users;
    private final Clock clock;
    private final String ours;
    private final String password;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("demo-devices").daemon().factory());

    private Instant started;
    private InetSocketAddress sip;
    private Grid grid;
    private DemoPlatform platform;
    private boolean aimed;
    private boolean asked;
    private boolean brought;
    private boolean said;
    private int failures;

    /**
     * @param users by user name
     * @param ours the service's code of GB/T 28181
     * @param password of the platform, the same at each start
     */
    DemoDevices(Function<String, DemoUser> users, Clock clock, String ours, String password) {
        this.users = users;
        this.clock = clock;
        this.ours = ours;
        this.password = password;
    }

    /** @param ports bound addresses by name */
    void start(Grid district, Map<String, String> ports) {
        grid = district;
        started = clock.instant();
        String address = ports.get("SIP UDP");
        if (address != null) {
            URI bound = URI.create(address);
            sip = new InetSocketAddress(
                    bound.getHost().equals(EVERY_ADDRESS) ? LOOPBACK : bound.getHost(), bound.getPort());
        }
        Future<?> _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (sip != null) {
                keepPlatform();
                aimed = aimed || aim(keeper());
            }
            asked = asked || askVehicle(keeper());
            said = said || announce(users.apply("operator1"));
            brought = brought || clock.instant().isAfter(started.plus(SETTLED)) && bring(keeper());
            failures = 0;
        } catch (IOException | RuntimeException e) {
            failures++;
            // A vehicle needs some seconds to log in: only what lasts is worth a word.
            if (failures == PATIENCE) {
                LOG.warn("the demonstration's devices are not all there: {}", e.getMessage());
            }
        }
    }

    private DemoUser keeper() {
        return users.apply("keeper1");
    }

    private void keepPlatform() throws IOException {
        if (platform == null) {
            JsonNode known = keeper().first(GB28181, "code", DemoPlatform.CODE);
            if (!known.path("ownPassword").asBoolean()) {
                keeper().put(
                                GB28181 + "/" + known.path("id").asString(),
                                Map.of("version", known.path("version").asInt(), "password", password));
            }
            platform = new DemoPlatform(grid, clock, ours, password, sip);
        }
        platform.keep();
    }

    /** A catalogue says where cameras stand and not where they look; what people have set stays. @return whether all are there */
    private static boolean aim(DemoUser keeper) {
        List<JsonNode> streams = keeper.list("/streams");
        int found = 0;
        for (DemoPlatform.Sight sight : DemoPlatform.SIGHTS) {
            for (JsonNode stream : streams) {
                if (stream.path("channelId").asString("").equals(sight.code())) {
                    found++;
                    if (!stream.hasNonNull("heading")) {
                        Map<String, Object> change = new HashMap<>();
                        change.put("version", stream.path("version").asInt());
                        change.put("heading", sight.heading());
                        change.put("fieldOfView", sight.fieldOfView());
                        keeper.patch("/streams/" + stream.path("id").asString(), change);
                    }
                }
            }
        }
        return found == DemoPlatform.SIGHTS.size();
    }

    /** Its cameras become streams that are fetched when they are watched. */
    private static boolean askVehicle(DemoUser keeper) {
        String path = "/devices/" + DemoPeople.VEHICLE_WITH_CAMERAS + "/channels";
        return !keeper.list(path).isEmpty()
                || !keeper.post(path + "/query", Map.of()).path("items").isEmpty();
    }

    private static boolean announce(DemoUser operator) {
        if (operator.list("/announcements").isEmpty()) {
            operator.announce(CHIME, Chime.wav());
        }
        return true;
    }

    /** What the camera holds of today, and of a shift before that nobody has emptied it of: that comes late. */
    private boolean bring(DemoUser keeper) throws IOException {
        if (keeper.list("/uploads").isEmpty()) {
            DemoUser station = users.apply("station1");
            Instant now = clock.instant();
            for (ShiftRecording recording : List.of(ShiftRecording.late(now), ShiftRecording.ofToday(now))) {
                station.upload(recording.name(), recording.file());
            }
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
        if (platform != null) {
            platform.close();
        }
    }
}

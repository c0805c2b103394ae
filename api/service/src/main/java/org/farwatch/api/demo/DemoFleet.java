package org.farwatch.api.demo;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.demo.DemoPeople.Cast;
import org.farwatch.api.demo.DemoPeople.Simulated;
import org.farwatch.api.demo.District.PostPlan;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.simulator.OfficerClient;
import org.farwatch.ingest.simulator.OfficerWalk;
import org.farwatch.ingest.simulator.TerminalClient;
import org.farwatch.ingest.simulator.TerminalPosition;
import org.farwatch.ingest.simulator.TerminalSettings;
import org.farwatch.ingest.simulator.TerminalVideo;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulated devices: vehicles that drive round blocks, officers who walk their posts, one who leaves his, body cameras. */
final class DemoFleet implements AutoCloseable {
    private static final Duration VEHICLE_INTERVAL = Duration.ofSeconds(2);
    private static final Duration OFFICER_INTERVAL = Duration.ofSeconds(5);
    private static final Duration CAMERA_INTERVAL = Duration.ofSeconds(20);
    /** Crossings of each vehicle's round: west, east, south, north. */
    private static final int[][] ROUNDS = {
        {0, 2, 0, 2}, {2, 4, 2, 4}, {4, 6, 0, 3}, {5, 7, 3, 6}, {1, 3, 4, 6}, {3, 6, 1, 5}
    };

    /** Of the one vehicle with cameras; what it says it has recorded of the first, ten minutes each. */
    private static final int CAMERAS = 2;

    private static final int RECORDINGS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(DemoFleet.class);

    private final Clock clock;
    private final EventLoopGroup terminals = TerminalClient.newGroup(1);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("demo-", 0).daemon().factory());
    private final List<AutoCloseable> clients = new ArrayList<>();
    private final List<Future<?>> rides = new ArrayList<>();

    DemoFleet(Clock clock) {
        this.clock = clock;
    }

    /** @param ports bound addresses by name */
    void start(Cast cast, Grid grid, Map<String, String> ports) {
        URI jt808 = URI.create(ports.get("JT/T 808"));
        URI mqtt = URI.create(ports.get("MQTT"));
        for (Simulated vehicle : cast.vehicles()) {
            drive(vehicle, grid, new InetSocketAddress(jt808.getHost(), jt808.getPort()));
        }
        for (Simulated officer : cast.officers()) {
            walk(officer, grid, "tcp://" + mqtt.getHost() + ":" + mqtt.getPort());
        }
        for (Simulated camera : cast.bodyCameras()) {
            carry(camera, grid, "tcp://" + mqtt.getHost() + ":" + mqtt.getPort());
        }
    }

    private void drive(Simulated vehicle, Grid grid, InetSocketAddress server) {
        Layout layout = vehicle.number() % 2 == 0 ? Layout.V2013 : Layout.V2019;
        TerminalClient terminal = new TerminalClient(
                        terminals,
                        TerminalSettings.of(server, layout, vehicle.protocolId())
                                .withCode(vehicle.secret()),
                        (_, _) -> {},
                        vehicle.deviceId().equals(DemoPeople.VEHICLE_WITH_CAMERAS)
                                ? new TerminalVideo(
                                        layout, vehicle.protocolId(), CAMERAS, StreetScene::quiet, RECORDINGS)
                                : null)
                .start();
        clients.add(terminal);
        int[] round = ROUNDS[vehicle.number() % ROUNDS.length];
        OfficerWalk route =
                new OfficerWalk(grid.loop(round[0], round[1], round[2], round[3]), 22 + 3.0 * vehicle.number());
        long start = clock.millis();
        rides.add(timer.scheduleAtFixedRate(
                () -> {
                    long now = clock.millis();
                    OfficerWalk.Step step = route.at(now - start + vehicle.number() * 60_000L);
                    terminal.report(TerminalPosition.at(
                            now - now % 1000,
                            step.longitude(),
                            step.latitude(),
                            step.speedKmh(),
                            (int) step.heading() % 360));
                },
                vehicle.number() * 300L,
                VEHICLE_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    private void walk(Simulated officer, Grid grid, String broker) {
        OfficerClient client = new OfficerClient(
                OfficerClient.Settings.of(broker, officer.protocolId(), OFFICER_INTERVAL)
                        .withUser(officer.protocolId(), officer.secret()),
                officer.number() == DemoPeople.LEAVER ? leaving(officer, grid) : staying(officer, grid),
                timer,
                clock,
                _ -> {});
        client.start();
        clients.add(client);
    }

    /** Says how it is; where its officer is, his handset says. */
    private void carry(Simulated camera, Grid grid, String broker) {
        OfficerClient client = new OfficerClient(
                OfficerClient.Settings.of(broker, camera.protocolId(), Duration.ZERO)
                        .withUser(camera.protocolId(), camera.secret()),
                staying(camera, grid),
                timer,
                clock,
                _ -> {});
        client.start();
        clients.add(client);
        boolean worn = camera.deviceId().equals(DemoPeople.BODY_CAMERA);
        long start = clock.millis();
        rides.add(timer.scheduleWithFixedDelay(
                () -> client.say("status", status(worn, Duration.ofMillis(clock.millis() - start))),
                1,
                CAMERA_INTERVAL.toSeconds(),
                TimeUnit.SECONDS));
    }

    /** @param worn and recording; else it stands in a station, charged and empty */
    private String status(boolean worn, Duration since) {
        long battery = worn ? Math.max(15, 86 - since.toMinutes() / 6) : 100;
        long free = worn ? Math.max(1_000_000_000L, 41_300_000_000L - since.toSeconds() * 250_000) : 63_800_000_000L;
        return """
                {"online": true, "battery": %d, "storageFree": %d, "storageTotal": 64000000000, "clock": "%s", \
                "recording": %b}""".formatted(battery, free, clock.instant(), worn);
    }

    /** To and fro within the post, each officer on a line of his own. */
    private static OfficerWalk staying(Simulated officer, Grid grid) {
        PostPlan post = officer.post();
        double shift = (officer.number() % 4 - 1.5) * post.halfHeight() / 4;
        return new OfficerWalk(
                new double[][] {
                    grid.at(post.east() - post.halfWidth() * 0.6, post.north() + shift),
                    grid.at(post.east() + post.halfWidth() * 0.2, post.north() - shift),
                    grid.at(post.east() + post.halfWidth() * 0.6, post.north() + shift / 2)
                },
                2.2 + officer.number() % 3 * 0.4);
    }

    /** Starts inside near the edge, walks off along the street; turns round a quarter of an hour later. */
    private static OfficerWalk leaving(Simulated officer, Grid grid) {
        PostPlan post = officer.post();
        double edge = post.east() + post.halfWidth();
        return new OfficerWalk(
                new double[][] {
                    grid.at(edge - 25, post.north()),
                    grid.at(edge + 120, post.north() - 10),
                    grid.at(edge + 260, post.north() - 160),
                    grid.at(edge + 200, post.north() - 900),
                },
                6.5);
    }

    @Override
    public void close() {
        rides.forEach(ride -> ride.cancel(false));
        timer.shutdownNow();
        for (AutoCloseable client : clients) {
            try {
                client.close();
            } catch (Exception e) {
                LOG.debug("a simulated device did not close cleanly, like one that is cut off", e);
            }
        }
        terminals.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

package org.farwatch.api.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.CatalogueItem;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory;
import org.farwatch.ingest.simulator.gb28181.DeviceMemory.Stretch;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.DomeHead;
import org.farwatch.ingest.simulator.gb28181.DomeHead.Place;
import org.farwatch.ingest.simulator.gb28181.DomeHead.View;
import org.farwatch.ingest.simulator.gb28181.DomeView;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;

/**
 * The platform of a subdistrict that registers over GB/T 28181: a dome and a pole with a camera and a loudspeaker in a
 * shopping street, a recorder with two cameras in a market. Owned by the thread of {@link DemoDevices}; nothing is drawn
 * until somebody watches.
 */
final class DemoPlatform implements AutoCloseable {
    static final String CODE = "34020000002000000301";

    private static final String GROUP = "34020000002150000301";
    private static final String STREET = "34020000002160000301";
    private static final String MARKET = "34020000002160000302";
    private static final String RECORDER = "34020000001180000301";
    private static final String DOME = "34020000001320000301";
    private static final String POLE = "34020000001320000302";
    private static final String VOICE = "34020000001370000302";
    private static final String GATE = "34020000001320000311";
    private static final String YARD = "34020000001320000312";
    private static final String REGION = "340200";
    private static final int TURNS = 1;
    private static final int FIXED = 3;
    private static final int ITEMS_A_MESSAGE = 4;

    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final int REGISTERED_SECONDS = 3_600;
    private static final Duration RENEW = Duration.ofMinutes(50);
    private static final int OK = 200;

    /** What the recorder keeps: files of ten minutes of the last three hours, of which one is missing. */
    private static final Duration FILE = Duration.ofMinutes(10);

    private static final int FILES = 18;
    private static final int MISSING = 7;

    private final Clock clock;
    private final SimulatedDevice device;
    private Instant registered = Instant.EPOCH;
    private Instant alive = Instant.EPOCH;

    /**
     * A camera of it and where it looks.
     *
     * @param heading degrees clockwise from north
     */
    record Sight(String code, int heading, int fieldOfView) {}

    static final List<Sight> SIGHTS = List.of(
            new Sight(DOME, 160, 60), new Sight(POLE, 250, 75), new Sight(GATE, 90, 70), new Sight(YARD, 0, 70));

    /**
     * @param ours code of the service
     * @param sip where the service takes registrations
     */
    DemoPlatform(Grid grid, Clock clock, String ours, String password, InetSocketAddress sip) throws IOException {
        this.clock = clock;
        List<String> cameras = SIGHTS.stream().map(Sight::code).toList();
        device = new SimulatedDevice(
                DeviceTraits.proper(CODE, password, cameras), ours, sip, () -> StreetScene.quiet(0));
        DomeHead head = new DomeHead(List.of(
                new Place(1, "步行街全景", new View(0, 0, 1.6)),
                new Place(2, "路口摊点", new View(-0.8, -0.3, 2.4)),
                new Place(3, "商铺门前", new View(0.8, 0.2, 2.4))));
        device.turns(DOME, head);
        device.shows(camera -> sees(camera, head));
        device.remember(this::recorded);
        device.lists(catalogue(grid), ITEMS_A_MESSAGE);
    }

    private static Scene sees(String camera, DomeHead head) {
        Scene street = StreetScene.quiet(Long.parseLong(camera.substring(14)));
        return camera.equals(DOME) ? new DomeView(street, head) : street;
    }

    private DeviceMemory recorded(String camera) {
        List<Stretch> files = new ArrayList<>();
        if (camera.equals(GATE) || camera.equals(YARD)) {
            long now = clock.millis();
            Instant end = Instant.ofEpochMilli(now - now % FILE.toMillis());
            for (int n = FILES; n > 0; n--) {
                if (n != MISSING) {
                    files.add(new Stretch(end.minus(FILE.multipliedBy(n)), end.minus(FILE.multipliedBy(n - 1))));
                }
            }
        }
        return DeviceMemory.of(files.toArray(Stretch[]::new));
    }

    private static List<CatalogueItem> catalogue(Grid grid) {
        double[] street = grid.crossing(4, 1);
        double[] market = grid.crossing(5, 2);
        return List.of(
                folder(GROUP, "天平街道公共视频", CODE, street, grid),
                folder(STREET, "天平步行街", GROUP, street, grid),
                camera(DOME, "天平步行街布控球", STREET, grid.at(street[0] + 20, street[1] + 25), TURNS),
                camera(POLE, "天平步行街立杆监控", STREET, grid.at(street[0] + 110, street[1] - 60), FIXED),
                camera(VOICE, "天平步行街音柱", STREET, grid.at(street[0] + 110, street[1] - 60), 0),
                folder(MARKET, "华山路菜场", GROUP, market, grid),
                folder(RECORDER, "菜场录像机", MARKET, market, grid),
                camera(GATE, "菜场东门", RECORDER, grid.at(market[0] + 110, market[1] + 90), FIXED),
                camera(YARD, "菜场卸货区", RECORDER, grid.at(market[0] + 30, market[1] + 120), FIXED));
    }

    private static CatalogueItem folder(String code, String name, String parent, double[] near, Grid grid) {
        double[] place = grid.at(near[0], near[1]);
        return new CatalogueItem(code, name, parent, parent.equals(CODE) ? "" : GROUP, REGION, place[0], place[1], 0);
    }

    private static CatalogueItem camera(String code, String name, String parent, double[] place, int ptz) {
        return new CatalogueItem(code, name, parent, GROUP, REGION, place[0], place[1], ptz);
    }

    /** Registers, and stays registered when this is called often enough. */
    void keep() {
        Instant now = clock.instant();
        if (registered.plus(RENEW).isBefore(now)) {
            register(now);
        } else if (alive.plus(KEEPALIVE).isBefore(now)) {
            if (device.keepalive() == OK) {
                alive = now;
            } else {
                register(now);
            }
        }
    }

    private void register(Instant now) {
        registered = Instant.EPOCH;
        int status = device.register(REGISTERED_SECONDS);
        if (status != OK) {
            throw new IllegalStateException("the platform of GB/T 28181 was not admitted: " + status);
        }
        registered = now;
        alive = now;
    }

    @Override
    public void close() {
        device.close();
    }
}

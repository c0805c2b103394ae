package org.farwatch.api.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.video.LocalCameras;
import org.farwatch.api.video.LocalCameras.LocalCamera;
import org.farwatch.ingest.simulator.camera.CameraServer;
import org.farwatch.ingest.simulator.camera.FootageScene;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The two simulated cameras: before one of them somebody leaves a carton, before the other nobody leaves anything. Their
 * port is another at each start, so their streams are pointed to it.
 */
final class DemoCameras implements AutoCloseable {
    static final long CARTON_SEED = 7;
    static final long QUIET_SEED = 11;
    static final long BODY_SEED = 13;
    static final int BIT_RATE = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(DemoCameras.class);

    private final JdbcClient jdbc;
    private final LocalCameras book;
    private CameraServer server;

    /**
     * Where a camera of the demonstration stands.
     *
     * @param path below the camera server's address
     * @param device id of the device that it is, null for none
     * @param squad in whose charge it is, of {@link DemoPeople#SQUADS}
     * @param dx metres east of the crossing; {@code dy} north of it
     */
    private record Site(
            String path,
            String name,
            String device,
            int squad,
            int avenue,
            int street,
            double dx,
            double dy,
            float heading) {
        static Site at(String path, int squad, int avenue, int street, double dx, double dy, float heading) {
            String name = District.crossing(avenue, street) + "枪机";
            return new Site(path, name, null, squad, avenue, street, dx, dy, heading);
        }
    }

    private static final Site CARTON = Site.at("demo/carton", 0, 5, 2, 16, 14, 215);
    private static final Site QUIET = Site.at("demo/quiet", 1, 3, 3, -15, 17, 130);
    private static final Site DARK = Site.at("demo/dark", 2, 7, 3, -14, 15, 90);
    private static final Site WORN = new Site("demo/body", "执法记录仪 301", DemoPeople.BODY_CAMERA, 0, 5, 2, 60, 50, 0);
    private static final float FIELD_OF_VIEW = 62;

    /**
     * A camera that is a stream now.
     *
     * @param scene what it shows, also which part of it is pavement
     */
    record Placed(String streamId, Scene scene) {}

    DemoCameras(JdbcClient jdbc, LocalCameras book) {
        this.jdbc = jdbc;
        this.book = book;
    }

    /**
     * Sets both up.
     *
     * @param footage of the camera with the carton, null for a generated scene
     * @return those whose stream nobody has retired, the one with the carton first
     */
    List<Placed> start(Grid grid, Path footage) {
        server = new CameraServer(CameraServer.Settings.loopback());
        List<Placed> placed = new ArrayList<>();
        place(CARTON, grid, cartonScene(footage)).ifPresent(placed::add);
        place(QUIET, grid, StreetScene.quiet(QUIET_SEED)).ifPresent(placed::add);
        return placed;
    }

    private static Scene cartonScene(Path footage) {
        if (footage != null) {
            try {
                return FootageScene.vtest(footage);
            } catch (IOException e) {
                LOG.warn("the demonstration shows a generated street: {}", e.getMessage());
            }
        }
        return StreetScene.withCarton(CARTON_SEED);
    }

    private Optional<Placed> place(Site site, Grid grid, Scene scene) {
        server.add(site.path(), scene, BIT_RATE);
        return keep(site, grid).map(streamId -> new Placed(streamId, scene));
    }

    /** An officer's body camera, and a camera that is in the register and does not answer. */
    void more() {
        Grid grid = new Grid();
        place(WORN, grid, StreetScene.quiet(BODY_SEED));
        keep(DARK, grid);
    }

    private Optional<String> keep(Site site, Grid grid) {
        double[] crossing = grid.crossing(site.avenue(), site.street());
        double[] place = grid.at(crossing[0] + site.dx(), crossing[1] + site.dy());
        return book.keep(
                new LocalCamera(
                        site.path(),
                        server.port(),
                        site.name(),
                        device(site),
                        squad(site),
                        true,
                        place[0],
                        place[1],
                        site.heading(),
                        FIELD_OF_VIEW),
                DemoPeople.BY);
    }

    private Integer device(Site site) {
        return jdbc.sql("select no from device where id = :id")
                .param("id", site.device())
                .query(Integer.class)
                .optional()
                .orElse(null);
    }

    private Long squad(Site site) {
        return jdbc.sql("select id from squad where name = :name")
                .param("name", DemoPeople.SQUADS.get(site.squad()))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}

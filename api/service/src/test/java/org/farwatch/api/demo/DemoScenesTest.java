package org.farwatch.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.farwatch.ingest.simulator.camera.FootageScene;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.vision.detect.NanoDet;
import org.farwatch.vision.picture.EncodedPicture;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.picture.PictureDecoder;
import org.farwatch.vision.picture.VideoCodec;
import org.farwatch.vision.shape.Box;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.zone.EventSink;
import org.farwatch.vision.zone.Lead;
import org.farwatch.vision.zone.LeadEnd;
import org.farwatch.vision.zone.Zone;
import org.farwatch.vision.zone.ZoneWatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What the demonstration promises: one lead within three minutes, from the camera with the carton. The scenes go through the
 * cameras' encoder, faster than in life.
 */
class DemoScenesTest {
    private static final int SECONDS = 180;
    private static final double MICROS = 1e6;

    @Test
    void theCartonOnTheGeneratedStreetIsTheOnlyLead() {
        try (Scene scene = StreetScene.withCarton(DemoCameras.CARTON_SEED)) {
            assertOnlyTheCarton(scene, watch(scene));
        }
    }

    @Test
    void theQuietStreetHasNoLead() {
        try (Scene scene = StreetScene.quiet(DemoCameras.QUIET_SEED)) {
            assertThat(watch(scene).leads).isEmpty();
        }
    }

    /** The footage goes round twice meanwhile: people who jump are no leads. */
    @Test
    void theCartonInTheFootageIsTheOnlyLead() throws IOException {
        Path vtest = Path.of(
                System.getenv().getOrDefault("FARWATCH_FOOTAGE", "/usr/share/doc/opencv-doc/examples/data/vtest.avi"));
        if (!Files.isReadable(vtest)) {
            String reason = "skipped: no vtest.avi (Debian's package opencv-doc; " + vtest + ")";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        try (Scene scene = FootageScene.vtest(vtest)) {
            assertOnlyTheCarton(scene, watch(scene));
        }
    }

    private static void assertOnlyTheCarton(Scene scene, Heard heard) {
        Scene.LeftThing carton = scene.left();
        assertThat(heard.leads).hasSize(1);
        assertThat(heard.ends).isEmpty();
        Lead lead = heard.leads.getFirst();
        assertThat(lead.raisedMicros() / MICROS - carton.second())
                .isBetween(Scene.DWELL_SECONDS - 1.0, Scene.DWELL_SECONDS + 2.0);
        Box drawn = new Box(
                (double) carton.x() / scene.width(),
                (double) carton.y() / scene.height(),
                (double) carton.width() / scene.width(),
                (double) carton.height() / scene.height());
        assertThat(lead.box().overlap(drawn)).isGreaterThan(0.5);
    }

    private static Heard watch(Scene scene) {
        Heard heard = new Heard();
        List<Point> outline = scene.pavement().stream()
                .map(corner -> new Point(corner.x(), corner.y()))
                .toList();
        Zone zone = Zone.of("pavement", outline, "clutter", Scene.DWELL_SECONDS);
        BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
        long bytes = 0;
        try (NanoDet detector = new NanoDet();
                ZoneWatch watch = new ZoneWatch(List.of(zone), detector, heard);
                SceneEncoder encoder =
                        new SceneEncoder(scene.width(), scene.height(), scene.rate(), DemoCameras.BIT_RATE);
                PictureDecoder decoder = new PictureDecoder(decoded -> look(watch, decoded))) {
            for (int n = 0; n < SECONDS * scene.rate(); n++) {
                scene.next(picture);
                MediaUnit unit = encoder.encode(picture, 0);
                bytes += unit.payload().length;
                decoder.decode(new EncodedPicture(
                        VideoCodec.H264,
                        encoder.format().video().configuration(),
                        unit.payload(),
                        unit.key(),
                        unit.presentationTime()));
            }
            assertThat(decoder.broken()).isZero();
        }
        heard.leads.forEach(lead -> System.out.printf(
                Locale.ROOT, "lead at %.1f s of the scene, box %s%n", lead.raisedMicros() / MICROS, lead.box()));
        assertThat(bytes * 8 / SECONDS).as("bits a second").isBetween(100_000L, 700_000L);
        return heard;
    }

    private static void look(ZoneWatch watch, Picture decoded) {
        try (decoded) {
            watch.take(decoded);
        }
    }

    private static final class Heard implements EventSink {
        private final List<Lead> leads = new ArrayList<>();
        private final List<LeadEnd> ends = new ArrayList<>();

        @Override
        public void raised(Lead lead) {
            leads.add(lead);
        }

        @Override
        public void ended(LeadEnd end) {
            ends.add(end);
        }
    }
}

package org.farwatch.api.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.camera.StreetScene;

/**
 * What a body camera recorded by itself: twenty seconds of a street, under the name that such a camera gives a file.
 *
 * @param file an MP4
 */
record ShiftRecording(String name, byte[] file) {
    private static final int SECONDS = 20;
    private static final int BIT_RATE = 400_000;
    private static final long SEED = 19;
    /** The camera was handed out 80 minutes before the first start. */
    private static final Duration AGO = Duration.ofMinutes(70);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(BureauTime.ZONE);

    static ShiftRecording before(Instant now) throws IOException {
        Instant start = now.minus(AGO).truncatedTo(ChronoUnit.SECONDS);
        String name = DemoPeople.UPLOADING_CODE + "_" + DemoPeople.number(DemoPeople.UPLOADING_OFFICER) + "_"
                + NAME.format(start) + "_0001.mp4";
        return new ShiftRecording(name, draw(start));
    }

    private static byte[] draw(Instant start) throws IOException {
        Whole whole = new Whole();
        try (Scene scene = StreetScene.quiet(SEED);
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), BIT_RATE)) {
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            Fmp4Writer writer = new Fmp4Writer(whole);
            writer.format(encoder.format());
            for (int n = 0; n < SECONDS * scene.rate(); n++) {
                scene.next(picture);
                writer.unit(encoder.encode(picture, start.toEpochMilli() + 1_000L * n / scene.rate()));
            }
            writer.end();
        }
        return whole.out.toByteArray();
    }

    /** Header and fragments one after the other. */
    private static final class Whole implements FragmentSink {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);

        @Override
        public void begin(MediaFormat format, byte[] init) {
            out.writeBytes(init);
        }

        @Override
        public void fragment(Fragment fragment) {
            out.writeBytes(fragment.bytes());
        }

        @Override
        public void end() {}
    }
}

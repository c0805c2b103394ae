package org.farwatch.api.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.farwatch.api.web.BureauTime;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.camera.StreetScene;

/**
 * What a body camera recorded by itself: a street for some seconds, under the name that such a camera gives a file.
 *
 * @param file an MP4
 */
record ShiftRecording(String name, byte[] file) {
    private static final int SECONDS = 12;
    private static final int BIT_RATE = 400_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(BureauTime.ZONE);

    /** By the officer who has returned the camera: before the first start, which is now. */
    static ShiftRecording ofToday(Instant now) throws IOException {
        return of(DemoPeople.UPLOADING_OFFICER, now.minus(DemoPeople.UPLOADED_AGO), 19, 2);
    }

    /** By who had it the day before. */
    static ShiftRecording late(Instant now) throws IOException {
        return of(DemoPeople.EARLIER_OFFICER, now.minus(DemoPeople.LATE_AGO), 23, 1);
    }

    private static ShiftRecording of(int officer, Instant from, long seed, int sequence) throws IOException {
        Instant start = from.truncatedTo(ChronoUnit.SECONDS);
        String name = "%s_%s_%s_%04d.mp4"
                .formatted(DemoPeople.UPLOADING_CODE, DemoPeople.number(officer), NAME.format(start), sequence);
        return new ShiftRecording(name, draw(start, seed));
    }

    private static byte[] draw(Instant start, long seed) throws IOException {
        Whole whole = new Whole();
        try (Scene scene = StreetScene.quiet(seed);
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), BIT_RATE)) {
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            Fmp4Writer writer = new Fmp4Writer(whole);
            for (int n = 0; n < SECONDS * scene.rate(); n++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("the demonstration ends");
                }
                scene.next(picture);
                MediaUnit unit = encoder.encode(picture, start.toEpochMilli() + 1_000L * n / scene.rate());
                if (n == 0) {
                    writer.format(encoder.format());
                }
                writer.unit(unit);
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

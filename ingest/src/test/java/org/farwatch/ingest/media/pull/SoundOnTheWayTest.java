package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.ingest.media.BoxTree;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Gathered;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.TestSound;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.junit.jupiter.api.Test;

/** From a camera's RTP to the file: sound stays with its picture. */
class SoundOnTheWayTest {
    private static final SourceSound ALAW = new SourceSound(SoundCodec.PCM_ALAW, 8_000, 1, 8);
    /** The picture with which a tone of 440 Hz begins. */
    private static final int TONE = 60;

    @Test
    void aToneBeginsWithThePictureWithWhichTheCameraBeganIt() {
        Scene scene = Scene.of(160, 120, 125);
        List<byte[]> sound =
                TestSound.coded(ALAW, 250, i -> i < TONE * 320 ? 0 : 0.5 * Math.sin(2 * Math.PI * 440 * i / 8_000));
        Counted out = new Counted();
        Watched states = new Watched();
        try (TestCamera camera = TestCamera.showing(TestCamera.h264() + TestCamera.alaw(), link -> {
                    for (int i = 0; i < scene.size() && link.pause(40); i++) {
                        link.picture(i * 3_600L, scene.picture(i));
                        link.rtp(TestCamera.SOUND, 8, i * 320L, false, sound.get(2 * i));
                        link.rtp(TestCamera.SOUND, 8, i * 320L + 160, false, sound.get(2 * i + 1));
                    }
                    link.fallSilent();
                });
                Puller _ = new Puller(
                        "sound",
                        RtspSource.best(PullSource.parse(camera.url()), new RtpCounters()),
                        PullSettings.standard(),
                        out,
                        states)) {
            // The last ones wait inside libavformat for what follows them.
            await().atMost(Duration.ofSeconds(15)).until(() -> out.pictures.get() > 115);
        }

        MediaFormat format = out.gathered.formats.getFirst();
        List<BoxTree.Sample> frames = out.gathered.samples(2);
        assertThat(out.gathered.formats).hasSize(1);
        assertThat(format.mime()).contains("mp4a.40.2");
        assertThat(format.audio().original()).isEqualTo("pcm_alaw");
        for (int i = 1; i < frames.size(); i++) {
            assertThat(frames.get(i).decodeTime() - frames.get(i - 1).decodeTime())
                    .isEqualTo(1_024);
        }
        float[] heard = TestSound.heard(
                format.audio(), frames.stream().map(BoxTree.Sample::data).toList());
        int onset = 1_024;
        while (Math.abs(heard[onset]) < 0.25) {
            onset++;
        }
        double begins = (frames.getFirst().decodeTime() + onset) / 16_000.0;
        double shown = out.gathered.samples(1).stream()
                        .filter(sample -> Arrays.equals(
                                nal(sample.data()), scene.picture(TONE).getFirst()))
                        .findFirst()
                        .orElseThrow()
                        .decodeTime()
                / 90_000.0;
        assertThat(begins).isCloseTo(shown, within(0.05));
        assertThat(TestSound.frequency(heard, onset, heard.length - 2_048, 16_000))
                .isCloseTo(440, within(3.0));
    }

    /** The only NAL unit, without its length. */
    private static byte[] nal(byte[] payload) {
        return Arrays.copyOfRange(payload, 4, payload.length);
    }

    /** Writes the file and counts its pictures. */
    private static final class Counted implements MediaSink {
        private final Gathered gathered = new Gathered();
        private final Fmp4Writer writer = new Fmp4Writer(gathered);
        private final AtomicInteger pictures = new AtomicInteger();

        @Override
        public void format(MediaFormat format) {
            writer.format(format);
        }

        @Override
        public void unit(MediaUnit unit) {
            writer.unit(unit);
            if (unit.isVideo()) {
                pictures.incrementAndGet();
            }
        }

        @Override
        public void end() {
            writer.end();
        }
    }
}

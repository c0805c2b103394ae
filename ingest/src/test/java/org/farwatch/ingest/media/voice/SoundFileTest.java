package org.farwatch.ingest.media.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.farwatch.ingest.media.pull.PullFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound files become what loudspeakers take. */
class SoundFileTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int TONE = 440;

    @TempDir
    Path folder;

    @Test
    void stereoOf44KilohertzBecomesOneChannelOf8Kilohertz() throws Exception {
        byte[] alaw = SoundFile.alaw(file("a.wav", wav(44_100, 2, 2)), "a.wav", MINUTE);

        assertThat(alaw.length).isCloseTo(2 * VoiceCall.RATE, within(50));
        assertThat(crossings(alaw)).isCloseTo(2 * 2 * TONE, within(4));
        assertThat(loudest(alaw)).isCloseTo(16_000, within(1_000));
    }

    @Test
    void whatWeGiveOutIsReadAgainAsItWas() throws Exception {
        byte[] alaw = SoundFile.alaw(file("a.wav", wav(8_000, 1, 1)), "a.wav", MINUTE);
        assertThat(SoundFile.alaw(file("b.wav", SoundFile.wav(alaw)), "a.wav", MINUTE))
                .isEqualTo(alaw);
    }

    @Test
    void theCodesAreThoseOfTheRecommendation() {
        assertThat(new byte[] {
                    SoundFile.coded((short) 0),
                    SoundFile.coded((short) -1),
                    SoundFile.coded((short) 1_000),
                    SoundFile.coded((short) -1_000),
                    SoundFile.coded(Short.MAX_VALUE),
                    SoundFile.coded(Short.MIN_VALUE)
                })
                .containsExactly(0xD5, 0x55, 0xFA, 0x7A, 0xAA, 0x2A);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int again = SoundFile.decoded(SoundFile.coded((short) sample));
            assertThat(Math.abs(again - sample))
                    .as("%d", sample)
                    .isLessThanOrEqualTo(Math.max(8, Math.abs(sample) / 16));
        }
    }

    @Test
    void whatIsTooLongOrTooShortIsRefused() throws IOException {
        Path file = file("a.wav", wav(8_000, 1, 3));
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> SoundFile.alaw(file, "a.wav", Duration.ofSeconds(2)))
                .withMessageContaining("at most 2 seconds");
        Path empty = file("b.wav", wav(8_000, 1, 0));
        assertThatExceptionOfType(PullFailure.class).isThrownBy(() -> SoundFile.alaw(empty, "a.wav", MINUTE));
    }

    @Test
    void whatIsNoSoundIsRefused() throws IOException {
        Path secret = file("secret.wav", wav(8_000, 1, 1));
        for (String text : new String[] {
            "",
            "hello",
            "#EXTM3U\n#EXTINF:1,\n" + secret + "\n",
            "ffconcat version 1.0\nfile '" + secret + "'\n",
            "RIFF0000WAVEnothing of that kind stands here at all",
            "ID3 that is no music"
        }) {
            Path file = file("x", text.getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(PullFailure.class)
                    .as(text)
                    .isThrownBy(() -> SoundFile.alaw(file, "a.wav", MINUTE));
        }
    }

    @Test
    void whatIsNotWhatItsNameSaysIsRefusedByName() throws Exception {
        Path file = file("x", wav(8_000, 1, 1));
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> SoundFile.alaw(file, "劝离.mp3", MINUTE))
                .withMessage("must be what its name says: MP3, was WAV");
        assertThatExceptionOfType(PullFailure.class)
                .isThrownBy(() -> SoundFile.alaw(file, "劝离.ogg", MINUTE))
                .withMessage("must be named .wav, .mp3, .aac or .m4a, was .ogg");
        byte[] alaw = SoundFile.alaw(file, "劝离.WAV", MINUTE);
        assertThat(SoundFile.alaw(file, "劝离", MINUTE)).as("says nothing").isEqualTo(alaw);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** A tone of half the loudness there is, 16 bits. */
    private static byte[] wav(int rate, int channels, int seconds) {
        int bytes = rate * seconds * channels * 2;
        ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        file.putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
        file.putShort((short) (channels * 2)).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; i < rate * seconds; i++) {
            short sample = (short) (16_000 * Math.sin(2 * Math.PI * TONE * i / rate));
            for (int channel = 0; channel < channels; channel++) {
                file.putShort(sample);
            }
        }
        return file.array();
    }

    private static int crossings(byte[] alaw) {
        int count = 0;
        for (int i = 1; i < alaw.length; i++) {
            count += SoundFile.decoded(alaw[i]) >= 0 == SoundFile.decoded(alaw[i - 1]) >= 0 ? 0 : 1;
        }
        return count;
    }

    private static int loudest(byte[] alaw) {
        int loudest = 0;
        for (byte code : alaw) {
            loudest = Math.max(loudest, SoundFile.decoded(code));
        }
        return loudest;
    }
}

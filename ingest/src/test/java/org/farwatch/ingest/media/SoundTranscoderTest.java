package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundTranscoderTest {
    private static final long START = 1_800_000_000_000L;
    private static final int PIECE = 20_000;
    private static final SourceSound ALAW = new SourceSound(SoundCodec.PCM_ALAW, 8_000, 1, 8);

    private final List<MediaUnit> out = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "PCM_ALAW, 8000, 1, 8",
        "PCM_MULAW, 8000, 1, 8",
        "PCM_ALAW, 16000, 2, 8",
        "PCM_MULAW, 48000, 1, 8",
        "ADPCM_G722, 16000, 1, 0",
        "ADPCM_G726, 8000, 1, 4",
        "ADPCM_G726LE, 8000, 1, 2",
        "ADPCM_G726LE, 8000, 1, 3",
        "ADPCM_G726LE, 8000, 1, 4",
        "ADPCM_G726LE, 8000, 1, 5"
    })
    void aToneKeepsItsPitchItsLoudnessAndItsTime(SoundCodec codec, int rate, int channels, int bits) {
        SourceSound source = new SourceSound(codec, rate, channels, bits);
        // Silent for half a second, then 440 Hz.
        List<byte[]> coded =
                TestSound.coded(source, 100, i -> i < rate / 2 ? 0 : tone(rate).applyAsDouble(i));
        AudioFormat format;
        try (SoundTranscoder transcoder = new SoundTranscoder(source)) {
            format = transcoder.format();
            for (int i = 0; i < coded.size(); i++) {
                transcoder.sound(piece(i, coded.get(i)), out::add);
            }
            assertThat(transcoder.leftOut()).isZero();
        }

        assertThat(format.original()).isEqualTo(codec.label());
        assertThat(format.codecs()).isEqualTo("mp4a.40.2");
        assertThat(format.sampleRate()).isEqualTo(16_000);
        requireNoHoles(0);
        float[] heard = heard(format);
        assertThat(TestSound.frequency(heard, 12_000, 26_000, 16_000)).isCloseTo(440, within(3.0));
        assertThat(TestSound.loudness(heard, 12_000, 26_000)).isCloseTo(0.5 / Math.sqrt(2), within(0.06));
        assertThat(TestSound.loudness(heard, 1_024, 7_000)).isLessThan(0.01);
        assertThat(onset(heard)).isBetween(480, 520);
    }

    /** The same codes as a WAV file has them: other order of the halves of a byte, and the state is its first sample. */
    @Test
    void adpcmOfAChipIsHeardAsLibavcodecHearsItOfAWavFile() {
        Random random = new Random(1);
        try (SoundDecoder chip = new SoundDecoder(new SourceSound(SoundCodec.ADPCM_DVI4, 8_000, 1, 0), 8_000);
                SoundDecoder wav = new SoundDecoder(new SourceSound(SoundCodec.ADPCM_IMA_WAV, 8_000, 1, 4), 8_000)) {
            for (int piece = 0; piece < 200; piece++) {
                byte[] sent = new byte[164];
                random.nextBytes(sent);
                sent[2] = (byte) (piece % 89);
                sent[3] = 0;
                byte[] exchanged = sent.clone();
                for (int i = 4; i < exchanged.length; i++) {
                    exchanged[i] = (byte) (sent[i] << 4 | sent[i] >> 4 & 0x0F);
                }
                float[] heard = chip.decode(sent);
                float[] theirs = wav.decode(exchanged);
                assertThat(heard).hasSize(320);
                assertThat(theirs).hasSize(321);
                assertThat(heard).containsExactly(Arrays.copyOfRange(theirs, 1, 321));
            }
            byte[] none = new byte[164];
            none[2] = 89;
            assertThat(chip.decode(none)).as("an index that is none").isEmpty();
            assertThat(chip.decode(new byte[3])).isEmpty();
        }
    }

    /** G.726 of one order of bits is that of the other with the samples of each byte exchanged. */
    @Test
    void bothOrdersOfG726AreHeardAsTheSame() {
        Random random = new Random(2);
        byte[] first = new byte[1_600];
        random.nextBytes(first);
        byte[] exchanged = new byte[first.length];
        for (int i = 0; i < first.length; i++) {
            exchanged[i] = (byte) (first[i] << 4 | first[i] >> 4 & 0x0F);
        }
        try (SoundDecoder low = new SoundDecoder(new SourceSound(SoundCodec.ADPCM_G726LE, 8_000, 1, 4), 8_000);
                SoundDecoder high = new SoundDecoder(new SourceSound(SoundCodec.ADPCM_G726, 8_000, 1, 4), 8_000)) {
            assertThat(low.decode(first)).hasSize(3_200).containsExactly(high.decode(exchanged));
        }
    }

    @Test
    void itIsGivenOutSoonAfterItCame() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            List<byte[]> coded = TestSound.coded(ALAW, 100, tone(8_000));
            for (int i = 0; i < coded.size(); i++) {
                transcoder.sound(piece(i, coded.get(i)), out::add);
                long end = out.isEmpty() ? 0 : out.getLast().decodeTime() + 64_000;
                assertThat((i + 1L) * PIECE - end).isLessThanOrEqualTo(200_000);
            }
        }
        for (MediaUnit unit : out) {
            assertThat(unit.receiveTime()).isEqualTo(START + unit.decodeTime() / 1_000);
        }
    }

    @Test
    void aSourceThatPromisesSoundAndSendsNoneGivesSilence() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            for (int i = 0; i < 250; i++) {
                transcoder.picture(picture(i), out::add);
                long behind = i * 40_000L - (out.isEmpty() ? 0 : out.getLast().decodeTime() + 64_000);
                assertThat(behind).isLessThanOrEqualTo(SoundTranscoder.PATIENCE + 300_000);
            }
            long behind = 250 * 40_000L - out.getLast().decodeTime();
            assertThat(behind).isLessThan(800_000);
            requireNoHoles(0);
            assertThat(TestSound.loudness(heard(transcoder.format()), 0, 100_000))
                    .isLessThan(0.001);
        }
    }

    @Test
    void soundThatPausesAndComesAgainIsWhereItBelongs() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            List<byte[]> coded = TestSound.coded(ALAW, 500, tone(8_000));
            for (int i = 0; i < coded.size(); i++) {
                if (i % 2 == 0) {
                    transcoder.picture(picture(i / 2), out::add);
                }
                if (i < 100 || i >= 300) {
                    transcoder.sound(piece(i, coded.get(i)), out::add);
                }
            }
            requireNoHoles(0);
            float[] heard = heard(transcoder.format());
            assertThat(TestSound.loudness(heard, 1_024, 31_000)).isGreaterThan(0.3);
            assertThat(TestSound.loudness(heard, 33_000, 95_000)).isLessThan(0.01);
            assertThat(TestSound.loudness(heard, 98_000, 140_000)).isGreaterThan(0.3);
        }
    }

    @Test
    void lostPiecesBecomeSilenceAndWhatComesTwiceIsLeftOut() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            List<byte[]> coded = TestSound.coded(ALAW, 200, tone(8_000));
            for (int i = 0; i < coded.size(); i++) {
                if (i < 50 || i >= 60) {
                    transcoder.sound(piece(i, coded.get(i)), out::add);
                }
                if (i == 120) {
                    for (int again = 100; again < 115; again++) {
                        transcoder.sound(piece(again, coded.get(again)), out::add);
                    }
                }
            }
            assertThat(transcoder.leftOut()).isEqualTo(15);
            requireNoHoles(0);
            float[] heard = heard(transcoder.format());
            assertThat(heard.length).isBetween(16_000 * 4 - 4 * 1_024, 16_000 * 4);
            assertThat(TestSound.loudness(heard, 16_500, 18_700)).isLessThan(0.02);
        }
    }

    @Test
    void stampsThatTrembleMakeNoNoise() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            List<byte[]> coded = TestSound.coded(ALAW, 200, tone(8_000));
            for (int i = 0; i < coded.size(); i++) {
                long time = Math.max(0, i * (long) PIECE + (i % 5 - 2) * 15_000L);
                transcoder.sound(unit(time, coded.get(i)), out::add);
            }
            assertThat(transcoder.leftOut()).isZero();
            assertThat(TestSound.frequency(heard(transcoder.format()), 2_000, 55_000, 16_000))
                    .isCloseTo(440, within(1.0));
        }
    }

    @Test
    void aHoleOfHoursIsNotFilled() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            List<byte[]> coded = TestSound.coded(ALAW, 100, tone(8_000));
            for (int i = 0; i < coded.size(); i++) {
                long time = i * (long) PIECE + (i < 50 ? 0 : 7_200_000_000L);
                transcoder.sound(unit(time, coded.get(i)), out::add);
            }
        }
        assertThat(out.size()).isLessThan(40);
        assertThat(out).extracting(MediaUnit::decodeTime).isSorted().doesNotHaveDuplicates();
        assertThat(out.getLast().decodeTime()).isGreaterThan(7_201_000_000L);
    }

    @Test
    void whatIsNoSoundIsLeftOutAndCounted() {
        try (SoundTranscoder transcoder = new SoundTranscoder(ALAW)) {
            transcoder.sound(unit(0, new byte[0]), out::add);
            transcoder.sound(unit(0, new byte[SoundDecoder.MAX_PAYLOAD + 1]), out::add);
            assertThat(transcoder.leftOut()).isEqualTo(2);
        }
        assertThat(out).isEmpty();
    }

    @Test
    void aSourceThatCannotBeIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SoundTranscoder(new SourceSound(SoundCodec.ADPCM_IMA_WAV, 8_000, 1, 0)))
                .withMessageContaining("does not decode adpcm_ima_wav");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceSound(SoundCodec.PCM_ALAW, 0, 1, 8))
                .withMessageContaining("sample rate must be 4000 to 192000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceSound(SoundCodec.PCM_ALAW, 8_000, 0, 8))
                .withMessageContaining("channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceSound(SoundCodec.ADPCM_G726, 8_000, 1, 8))
                .withMessageContaining("G.726");
    }

    private static LongToDoubleFunction tone(int rate) {
        return i -> 0.5 * Math.sin(2 * Math.PI * 440 * i / rate);
    }

    /** Milliseconds at which it becomes loud. */
    private static int onset(float[] heard) {
        for (int i = 1_024; i < heard.length; i++) {
            if (Math.abs(heard[i]) > 0.25) {
                return i / 16;
            }
        }
        throw new AssertionError("nothing is heard");
    }

    private float[] heard(AudioFormat format) {
        return TestSound.heard(format, out.stream().map(MediaUnit::payload).toList());
    }

    private void requireNoHoles(long start) {
        for (int i = 0; i < out.size(); i++) {
            assertThat(out.get(i).decodeTime()).isEqualTo(start + i * 64_000L);
            assertThat(out.get(i).track()).isEqualTo(Track.AUDIO);
        }
    }

    private static MediaUnit piece(int number, byte[] payload) {
        return unit(number * (long) PIECE, payload);
    }

    private static MediaUnit unit(long time, byte[] payload) {
        return new MediaUnit(Track.AUDIO, time, time, START + time / 1_000, true, payload);
    }

    private static MediaUnit picture(int number) {
        long time = number * 40_000L;
        return new MediaUnit(Track.VIDEO, time, time, START + time / 1_000, number % 25 == 0, new byte[] {1});
    }
}

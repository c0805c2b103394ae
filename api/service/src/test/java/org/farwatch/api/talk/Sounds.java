package org.farwatch.api.talk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.farwatch.ingest.media.voice.VoiceCall;

/** Sound that tests send, and what they look for in what was heard. */
final class Sounds {
    /** Hertz of each tone. */
    static final int TONE = 440;

    private static final int HIGH_RATE = 44_100;

    private Sounds() {}

    /** A-law. Each byte different from its neighbours, each piece from the one before. */
    static byte[] pieces(int pieces) {
        byte[] sound = new byte[pieces * VoiceCall.PIECE];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) (i * 7 + i / VoiceCall.PIECE);
        }
        return sound;
    }

    /** A tone of 8 kHz, 16 bits, one channel. */
    static byte[] wav(int seconds) {
        int samples = VoiceCall.RATE * seconds;
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        file.putShort((short) 1).putInt(VoiceCall.RATE).putInt(2 * VoiceCall.RATE);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            file.putShort(tone(i, VoiceCall.RATE));
        }
        return file.array();
    }

    /**
     * The same tone for half a second, 44.1 kHz, as libav codes it.
     *
     * @param format libavformat's name of the file's form, {@code codec} libavcodec's number
     */
    static byte[] coded(String format, int codec) throws IOException {
        short[] samples = new short[HIGH_RATE / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tone(i, HIGH_RATE);
        }
        Path file = Files.createTempFile("tone", null);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 1)) {
            recorder.setFormat(format);
            recorder.setAudioCodec(codec);
            recorder.setAudioBitrate(64_000);
            recorder.setSampleRate(HIGH_RATE);
            recorder.start();
            recorder.recordSamples(ShortBuffer.wrap(samples));
            recorder.stop();
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Hertz, by how often A-law of our rate changes its sign. */
    static double frequency(byte[] alaw) {
        int changes = 0;
        for (int i = 1; i < alaw.length; i++) {
            changes += ((alaw[i] ^ alaw[i - 1]) & 0x80) == 0 ? 0 : 1;
        }
        return changes / 2.0 * VoiceCall.RATE / alaw.length;
    }

    /** Of A-law, of 32,768. */
    static int loudest(byte[] alaw) {
        int loudest = 0;
        for (byte code : alaw) {
            loudest = Math.max(loudest, magnitude(code));
        }
        return loudest;
    }

    private static short tone(int sample, int rate) {
        return (short) (16_000 * Math.sin(2 * Math.PI * TONE * sample / rate));
    }

    private static int magnitude(byte code) {
        int plain = (code ^ 0x55) & 0x7F;
        int segment = plain >> 4;
        int magnitude = ((plain & 0xF) << 4) + 8;
        return segment == 0 ? magnitude : magnitude + 0x100 << segment - 1;
    }
}

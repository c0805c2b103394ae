package org.farwatch.ingest.jt1078;

import java.util.Arrays;
import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.push.Feed;

/**
 * What the sound of a packet is, by its payload type (JT/T 1078-2016, table 12). Keeps nothing.
 *
 * <p>The standard says neither in which order G.726 and ADPCM stand in their bytes nor what begins a piece. G.726 is read
 * with the first sample in the lowest bits, as RTP has it (RFC 3551, 4.5.4), of which the packet is made, and as
 * HiSilicon's {@code G726_*} are; their {@code MEDIA_G726_*}, the other way round, would sound as noise, and nothing in
 * the bytes tells the two apart: public servers differ too. ADPCM is {@link SoundCodec#ADPCM_DVI4}, the chips' preset, in
 * which all public servers that were looked at read it; the other form of these chips, IMA with its 161, 241, 321 or 481
 * samples, has pieces of the same lengths.
 */
final class Sounds {
    private static final int TELEPHONE_RATE = 8_000;
    private static final int HEAD = 4;
    private static final int ADTS_SYNC = 0xFFF;

    private Sounds() {}

    /** @param stamp microseconds */
    static void give(MediaPacket packet, byte[] sound, long stamp, long receiveTime, Feed feed) {
        byte[] bare = withoutHead(sound);
        switch (packet.payloadType()) {
            case 2 -> feed.sound(of(SoundCodec.ADPCM_G722, 16_000, 0), stamp, receiveTime, bare);
            case 6 -> feed.sound(of(SoundCodec.PCM_ALAW, TELEPHONE_RATE, 0), stamp, receiveTime, bare);
            case 7 -> feed.sound(of(SoundCodec.PCM_MULAW, TELEPHONE_RATE, 0), stamp, receiveTime, bare);
            case 8 ->
                feed.sound(of(SoundCodec.ADPCM_G726LE, TELEPHONE_RATE, bits(bare.length)), stamp, receiveTime, bare);
            case 26 -> feed.sound(of(SoundCodec.ADPCM_DVI4, TELEPHONE_RATE, 0), stamp, receiveTime, bare);
            case 19, 24 -> {
                if (adts(sound)) {
                    feed.aac(stamp, receiveTime, sound);
                } else {
                    feed.leftOut("aac without ADTS");
                }
            }
            default -> feed.leftOut(name(packet.payloadType()));
        }
    }

    private static SourceSound of(SoundCodec codec, int rate, int bits) {
        return new SourceSound(codec, rate, 1, bits);
    }

    /** HiSilicon's chips put {@code 00 01 LL 00} before a frame, LL being half of what follows. */
    private static byte[] withoutHead(byte[] sound) {
        boolean head = sound.length > HEAD
                && sound[0] == 0
                && sound[1] == 1
                && sound[3] == 0
                && 2 * (sound[2] & 0xFF) == sound.length - HEAD;
        return head ? Arrays.copyOfRange(sound, HEAD, sound.length) : sound;
    }

    /** Of a sample of G.726, which only the length of 20 or 40 ms tells; 32 kb/s where both fit or none does. */
    private static int bits(int bytes) {
        return switch (bytes) {
            case 40 -> 2;
            case 60, 120 -> 3;
            case 100, 200 -> 5;
            default -> 4;
        };
    }

    private static boolean adts(byte[] sound) {
        return sound.length > 7 && ((sound[0] & 0xFF) << 4 | (sound[1] & 0xFF) >> 4) == ADTS_SYNC;
    }

    /** As it is usually called. */
    static String name(int payloadType) {
        return switch (payloadType) {
            case 1 -> "g721";
            case 2 -> "g722";
            case 8 -> "g726";
            case 19, 24 -> "aac";
            case 26 -> "adpcm";
            case 3 -> "g723";
            case 4 -> "g728";
            case 5, 9 -> "g729";
            case 25 -> "mp3";
            case 28 -> "amr";
            default -> "payload type " + payloadType;
        };
    }
}

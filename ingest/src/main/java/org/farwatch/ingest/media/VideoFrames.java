package org.farwatch.ingest.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Brings a video's frames into the one form in which they are recorded: NAL units behind 4-byte lengths, parameter sets
 * taken out and kept as the {@link VideoFormat}. Owned by the stream's thread.
 */
public final class VideoFrames {
    /** In place of the size of lengths: the frames have start codes. */
    public static final int START_CODES = 0;

    private static final int LENGTH_BYTES = 4;

    private final VideoCodec codec;
    private final ParameterSets sets;
    private VideoFormat format;

    /**
     * A frame in its form.
     *
     * @param payload as in {@link MediaUnit#payload}
     * @param key whether decoding can begin here
     */
    public record Frame(byte[] payload, boolean key) {}

    public VideoFrames(VideoCodec codec) {
        this.codec = codec;
        this.sets = new ParameterSets(codec);
    }

    /** Bytes of a NAL unit's length in frames that come with this configuration, or {@link #START_CODES}. */
    public static int lengthBytes(VideoCodec codec, byte[] configuration) {
        return NalUnits.startCoded(configuration) ? START_CODES : Configuration.lengthBytes(codec, configuration);
    }

    /** The format of the next frame; null until all parameter sets have come. */
    public VideoFormat format() {
        return format;
    }

    /**
     * Takes parameter sets that came beside the frames: start coded, or as avcC or hvcC.
     *
     * @throws IllegalArgumentException when they make no sense
     */
    public void configure(byte[] configuration) {
        if (NalUnits.startCoded(configuration)) {
            frame(configuration, START_CODES);
        } else {
            for (byte[] set : Configuration.sets(codec, configuration)) {
                sets.take(set, new NalUnits.Range(0, set.length));
            }
            refresh();
        }
    }

    /**
     * @param bytes one access unit, start coded or with lengths
     * @param lengthBytes size of a length, 1 to 4, or {@link #START_CODES}; a frame that is not in the form it should
     *     have is taken in the other one
     * @return null when nothing is left to decode
     * @throws IllegalArgumentException when the frame is broken
     */
    public Frame frame(byte[] bytes, int lengthBytes) {
        boolean startCoded =
                NalUnits.startCoded(bytes) && (lengthBytes == START_CODES || !NalUnits.lengthsFit(bytes, lengthBytes));
        List<NalUnits.Range> units = startCoded
                ? NalUnits.ofByteStream(bytes)
                : NalUnits.ofLengths(bytes, lengthBytes == START_CODES ? LENGTH_BYTES : lengthBytes);
        int size = 0;
        boolean key = false;
        boolean[] kept = new boolean[units.size()];
        for (int i = 0; i < kept.length; i++) {
            NalUnits.Range unit = units.get(i);
            int type = type(bytes[unit.offset()]);
            if (!sets.take(bytes, unit) && !delimiter(type)) {
                kept[i] = true;
                size += LENGTH_BYTES + unit.length();
                key |= beginsSequence(type);
            }
        }
        refresh();
        if (size == 0) {
            return null;
        }
        byte[] payload = new byte[size];
        int at = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                NalUnits.Range unit = units.get(i);
                payload[at] = (byte) (unit.length() >>> 24);
                payload[at + 1] = (byte) (unit.length() >>> 16);
                payload[at + 2] = (byte) (unit.length() >>> 8);
                payload[at + 3] = (byte) unit.length();
                System.arraycopy(bytes, unit.offset(), payload, at + LENGTH_BYTES, unit.length());
                at += LENGTH_BYTES + unit.length();
            }
        }
        return new Frame(payload, key);
    }

    /** A picture with start codes (annex B), before a key picture its parameter sets: as devices send it. */
    public static byte[] byteStream(VideoFormat format, MediaUnit picture) {
        List<byte[]> sets = picture.key() ? Configuration.sets(format.codec(), format.configuration()) : List.of();
        byte[] payload = picture.payload();
        int before = sets.stream().mapToInt(set -> LENGTH_BYTES + set.length).sum();
        ByteBuffer stream = ByteBuffer.allocate(before + payload.length);
        sets.forEach(set -> stream.putInt(1).put(set));
        for (NalUnits.Range unit : NalUnits.ofLengths(payload, LENGTH_BYTES)) {
            stream.putInt(1).put(payload, unit.offset(), unit.length());
        }
        return stream.array();
    }

    /**
     * Whether parameter sets say that no picture overtakes another, so that the time at which one is shown is also its
     * place in the order.
     *
     * @param sets start coded
     * @return false also where there is no sequence parameter set, or none that can be read
     */
    public static boolean inOrder(VideoCodec codec, byte[] sets) {
        boolean inOrder = false;
        for (NalUnits.Range unit : NalUnits.ofByteStream(sets)) {
            byte[] set = Arrays.copyOfRange(sets, unit.offset(), unit.offset() + unit.length());
            try {
                if (codec == VideoCodec.H264 && (set[0] & 0x1f) == 7) {
                    inOrder = AvcSequence.parse(set).inOrder();
                } else if (codec == VideoCodec.H265 && (set[0] >>> 1 & 0x3f) == 33) {
                    inOrder = HevcSequence.parse(set).inOrder();
                }
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
        return inOrder;
    }

    private void refresh() {
        VideoFormat changed = sets.changed();
        if (changed != null && !changed.equals(format)) {
            format = changed;
        }
    }

    private int type(byte header) {
        return switch (codec) {
            case H264 -> header & 0x1f;
            case H265 -> header >>> 1 & 0x3f;
        };
    }

    /** Access unit delimiters, ends of sequence and filler: of no use in a file. */
    private boolean delimiter(int type) {
        return switch (codec) {
            case H264 -> type >= 9 && type <= 12;
            case H265 -> type >= 35 && type <= 38;
        };
    }

    /** IDR pictures, and of H.265 the other random access points (ITU-T H.265, table 7-1). */
    private boolean beginsSequence(int type) {
        return switch (codec) {
            case H264 -> type == 5;
            case H265 -> type >= 16 && type <= 21;
        };
    }
}

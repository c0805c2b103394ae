package org.farwatch.ingest.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the parameter sets out of a decoder configuration record (ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1). */
public final class Configuration {
    private Configuration() {}

    /** Bytes of a NAL unit's length in the frames of this record. */
    static int lengthBytes(VideoCodec codec, byte[] record) {
        int at = switch (codec) {
            case H264 -> 4;
            case H265 -> 21;
        };
        return record.length > at ? (record[at] & 3) + 1 : 4;
    }

    /** @throws IllegalArgumentException when it is no such record */
    public static List<byte[]> sets(VideoCodec codec, byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        List<byte[]> sets = new ArrayList<>();
        if (record.length == 0 || record[0] != 1) {
            throw new IllegalArgumentException("decoder configuration of an unknown version");
        }
        try {
            switch (codec) {
                case H264 -> {
                    in.position(5);
                    read(in, in.get() & 0x1f, sets);
                    read(in, in.get() & 0xff, sets);
                }
                case H265 -> {
                    in.position(22);
                    for (int arrays = in.get() & 0xff; arrays > 0; arrays--) {
                        in.get();
                        read(in, in.getShort() & 0xffff, sets);
                    }
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalArgumentException("decoder configuration ends early", e);
        }
        return sets;
    }

    private static void read(ByteBuffer in, int count, List<byte[]> sets) {
        for (int i = 0; i < count; i++) {
            byte[] set = new byte[in.getShort() & 0xffff];
            in.get(set);
            if (set.length > 0) {
                sets.add(set);
            }
        }
    }
}

package org.farwatch.ingest.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pictures that look like pictures to whoever cuts streams, and the streams and packets that carry them. */
public final class TestStreams {
    private static final byte[] SETS = {0, 0, 0, 1, 0x67, 0x42, 0, 0x1e, 0x55, 0, 0, 0, 1, 0x68, (byte) 0xce, 0x3c};
    private static final int ES_VIDEO = 0xe0;

    private TestStreams() {}

    /** H.264, each tenth a key picture with its parameter sets, each of two slices and so many bytes. */
    public static List<byte[]> pictures(int count, int size) {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean key = i % 10 == 0;
            ByteArrayOutputStream picture = new ByteArrayOutputStream();
            if (key) {
                picture.writeBytes(SETS);
            }
            for (int slice = 0; slice < 2; slice++) {
                byte[] unit = new byte[6 + size / 2];
                Arrays.fill(unit, (byte) (0x10 + i % 100));
                unit[0] = 0;
                unit[1] = 0;
                unit[2] = 0;
                unit[3] = 1;
                unit[4] = (byte) (key ? 0x65 : 0x41);
                unit[5] = (byte) (slice == 0 ? 0x88 : 0x48);
                picture.writeBytes(unit);
            }
            pictures.add(picture.toByteArray());
        }
        return pictures;
    }

    /** A start code, an id and a length, then the bytes. */
    public static byte[] packet(int id, byte[] content) {
        return ByteBuffer.allocate(6 + content.length)
                .putInt(0x100 | id)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    public static byte[] pack() {
        return new byte[] {0, 0, 1, (byte) 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, (byte) 0xf8};
    }

    /** @param types pairs of stream type and stream id */
    public static byte[] map(int... types) {
        ByteBuffer map = ByteBuffer.allocate(6 + 2 * types.length + 4);
        map.putShort((short) 0xe0ff).putShort((short) 0).putShort((short) (2 * types.length));
        for (int i = 0; i < types.length; i += 2) {
            map.put((byte) types[i]).put((byte) types[i + 1]).putShort((short) 0);
        }
        return packet(0xbc, map.array());
    }

    /** @param stamp 33 bits at 90 kHz, below 0 for none */
    public static byte[] pes(int id, long stamp, byte[] payload, boolean withLength) {
        int header = stamp < 0 ? 3 : 8;
        ByteBuffer pes = ByteBuffer.allocate(header + payload.length);
        pes.put((byte) 0x80).put((byte) (stamp < 0 ? 0 : 0x80)).put((byte) (header - 3));
        if (stamp >= 0) {
            pes.put((byte) (0x21 | stamp >>> 29 & 0x0e));
            pes.putShort((short) (stamp >>> 14 & 0xfffe | 1)).putShort((short) (stamp << 1 & 0xfffe | 1));
        }
        byte[] packet = packet(id, pes.put(payload).array());
        if (!withLength) {
            packet[4] = 0;
            packet[5] = 0;
        }
        return packet;
    }

    /** A picture in packets of at most so many bytes, the stamp on the first. */
    public static byte[] video(long stamp, byte[] picture, int most) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < picture.length; at += most) {
            byte[] part = Arrays.copyOfRange(picture, at, Math.min(picture.length, at + most));
            packets.add(pes(ES_VIDEO, at == 0 ? stamp : -1, part, true));
        }
        return joined(packets);
    }

    public static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    public static byte[] joined(byte[]... parts) {
        return joined(List.of(parts));
    }

    /** A transport stream with a video on 0x101 and A-law on 0x102. */
    public static List<byte[]> transport(List<byte[]> pes, List<Boolean> isVideo) {
        List<byte[]> packets = new ArrayList<>();
        int[] counters = new int[3];
        byte[] programmes = {0, 0, (byte) 0xb0, 13, 0, 1, (byte) 0xc1, 0, 0, 0, 1, (byte) 0xe1, 0, 0, 0, 0, 0};
        byte[] map = {
            0,
            2,
            (byte) 0xb0,
            23,
            0,
            1,
            (byte) 0xc1,
            0,
            0,
            (byte) 0xe1,
            1,
            (byte) 0xf0,
            0,
            0x1b,
            (byte) 0xe1,
            1,
            (byte) 0xf0,
            0,
            (byte) 0x90,
            (byte) 0xe1,
            2,
            (byte) 0xf0,
            0,
            0,
            0,
            0,
            0
        };
        packets.add(transport(0, true, 0, Arrays.copyOf(programmes, 184)));
        packets.add(transport(0x100, true, 0, Arrays.copyOf(map, 184)));
        for (int i = 0; i < pes.size(); i++) {
            int track = isVideo.get(i) ? 1 : 2;
            byte[] bytes = pes.get(i);
            for (int at = 0; at < bytes.length; at += 184) {
                byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 184));
                packets.add(transport(0x100 + track, at == 0, counters[track]++ & 15, part));
            }
        }
        return packets;
    }

    private static byte[] transport(int pid, boolean begins, int counter, byte[] payload) {
        byte[] packet = new byte[188];
        Arrays.fill(packet, (byte) 0xff);
        packet[0] = 0x47;
        packet[1] = (byte) ((begins ? 0x40 : 0) | pid >>> 8);
        packet[2] = (byte) pid;
        int stuffing = 184 - payload.length;
        packet[3] = (byte) ((stuffing > 0 ? 0x30 : 0x10) | counter);
        if (stuffing > 0) {
            packet[4] = (byte) (stuffing - 1);
            if (stuffing > 1) {
                packet[5] = 0;
            }
        }
        System.arraycopy(payload, 0, packet, 188 - payload.length, payload.length);
        return packet;
    }

    public static byte[] rtp(int type, int sequence, long stamp, long ssrc, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) type)
                .putShort((short) sequence)
                .putInt((int) stamp)
                .putInt((int) ssrc)
                .put(payload)
                .array();
    }

    /** A stream cut into packets of at most so many bytes. */
    public static List<byte[]> rtp(int type, int sequence, long ssrc, List<byte[]> frames, int most) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            for (int at = 0; at < frame.length; at += most) {
                byte[] part = Arrays.copyOfRange(frame, at, Math.min(frame.length, at + most));
                packets.add(rtp(type, sequence + packets.size() & 0xffff, i * 3_600L, ssrc, part));
            }
        }
        return packets;
    }

    /** Behind its length (RFC 4571). */
    public static byte[] framed(byte[] packet) {
        return ByteBuffer.allocate(2 + packet.length)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    /** As RTSP interleaves it. */
    public static byte[] interleaved(byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length)
                .put((byte) '$')
                .put((byte) 0)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }
}

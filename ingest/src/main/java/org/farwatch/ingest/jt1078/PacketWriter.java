package org.farwatch.ingest.jt1078;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.ingest.jt1078.MediaPacket.Kind;
import org.farwatch.ingest.jt1078.MediaPacket.Part;

/** Writes packets, numbered by channel. Owned by one thread. */
public final class PacketWriter {
    /** Of a packet's body by the standard. */
    public static final int MOST_BODY = 950;

    public static final int G711_A = 6;
    public static final int G711_U = 7;
    public static final int H264 = 98;

    private static final int VERSION_AND_SOURCES = 0x81;
    private static final int MARKER = 0x80;

    private final byte[] sim;
    private final Map<Integer, Integer> sequences = new HashMap<>();

    /**
     * @param sim decimal digits
     * @param simBytes 6 by the standard, 10 as terminals of 2019 have it
     */
    public PacketWriter(String sim, int simBytes) {
        String padded = "0".repeat(Math.max(0, 2 * simBytes - sim.length())) + sim;
        if (padded.length() != 2 * simBytes || !padded.matches("[0-9]+")) {
            throw new IllegalArgumentException("sim must be at most " + 2 * simBytes + " decimal digits, was " + sim);
        }
        this.sim = java.util.HexFormat.of().parseHex(padded);
    }

    /**
     * A picture in as many packets as it needs.
     *
     * @param stamp milliseconds
     * @param sinceKey milliseconds since the last key picture; {@code sinceLast} since the last picture
     * @param accessUnit with start codes
     */
    public List<byte[]> picture(
            int channel, int payloadType, boolean key, long stamp, int sinceKey, int sinceLast, byte[] accessUnit) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < accessUnit.length; at += MOST_BODY) {
            int length = Math.min(MOST_BODY, accessUnit.length - at);
            boolean last = at + length == accessUnit.length;
            Part beginning = last ? Part.WHOLE : Part.FIRST;
            Part later = last ? Part.LAST : Part.MIDDLE;
            Part part = at == 0 ? beginning : later;
            ByteBuffer out = head(channel, payloadType, last, key ? Kind.I : Kind.P, part, length);
            out.putLong(stamp).putShort((short) sinceKey).putShort((short) sinceLast);
            out.putShort((short) length).put(accessUnit, at, length).flip();
            byte[] packet = new byte[out.remaining()];
            out.get(packet);
            packets.add(packet);
        }
        return packets;
    }

    /** @param stamp milliseconds */
    public byte[] sound(int channel, int payloadType, long stamp, byte[] sound) {
        return head(channel, payloadType, true, Kind.SOUND, Part.WHOLE, sound.length)
                .putLong(stamp)
                .putShort((short) sound.length)
                .put(sound)
                .array();
    }

    private ByteBuffer head(int channel, int payloadType, boolean marker, Kind kind, Part part, int body) {
        int sequence = sequences.merge(channel, 1, (before, one) -> before + one & 0xFFFF) - 1 & 0xFFFF;
        return ByteBuffer.allocate(MediaPacket.headerBytes(kind, sim.length) + body)
                .putInt(PacketHeader.MARK)
                .put((byte) VERSION_AND_SOURCES)
                .put((byte) (payloadType | (marker ? MARKER : 0)))
                .putShort((short) sequence)
                .put(sim)
                .put((byte) channel)
                .put((byte) (kind.ordinal() << 4 | part.ordinal()));
    }
}

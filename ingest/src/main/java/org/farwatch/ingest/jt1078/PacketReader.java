package org.farwatch.ingest.jt1078;

import java.util.Arrays;
import java.util.function.Predicate;
import org.farwatch.ingest.FaultKind;

/**
 * Cuts the bytes of a TCP link into packets. Where a packet should begin and none does, bytes are skipped up to the next
 * {@code 30 31 63 64}; a length is trusted before that mark, which may occur within pictures.
 *
 * <p>Whether a SIM has 6 bytes or 10 no packet says. It is found out at the first one: the reading by which the SIM is
 * one of the register's, otherwise the one behind which the next packet begins; and again after bytes were skipped.
 *
 * <p>Holds at most one packet and what came with its last bytes. Owned by the link's event loop.
 */
final class PacketReader {
    private static final int LONGEST_HEADER = 34;

    private final int mostBody;
    private final Predicate<String> known;
    private byte[] held = new byte[2_048];
    private int from;
    private int to;
    /** 0 while it is not known. */
    private int simBytes;

    private boolean skipping;

    /** What was found. */
    interface Sink {
        void packet(MediaPacket packet);

        /** No packet where one should begin; only {@code [offset, offset + length)} of the bytes is meant. */
        void fault(FaultKind kind, String reason, byte[] bytes, int offset, int length);
    }

    /**
     * @param mostBody bytes of a packet without its head, at most 65,535
     * @param known whether a terminal with this SIM is in the register
     */
    PacketReader(int mostBody, Predicate<String> known) {
        this.mostBody = mostBody;
        this.known = known;
    }

    /** Bytes that wait for the rest of their packet. */
    int waiting() {
        return to - from;
    }

    /** Takes what came; never throws for what it contains. */
    void read(byte[] bytes, int offset, int length, Sink sink) {
        append(bytes, offset, length);
        while (from < to) {
            int packet = PacketHeader.mayBegin(held, from, to) ? length() : PacketHeader.NONE;
            if (packet == PacketHeader.NONE) {
                skip(sink);
            } else if (packet == PacketHeader.UNKNOWN || packet > to - from) {
                return;
            } else {
                skipping = false;
                MediaPacket read = PacketHeader.read(held, from, packet, simBytes);
                from += packet;
                sink.packet(read);
            }
        }
    }

    /** A datagram, which holds one packet: its end tells the length of the SIM. @return null when it is none */
    static MediaPacket datagram(byte[] bytes, int mostBody, Predicate<String> known) {
        boolean six = PacketHeader.length(bytes, 0, bytes.length, MediaPacket.SIM_2016, mostBody) == bytes.length;
        boolean ten = PacketHeader.length(bytes, 0, bytes.length, MediaPacket.SIM_2019, mostBody) == bytes.length;
        if (!six && !ten) {
            return null;
        }
        boolean shorter = six && (!ten || known.test(PacketHeader.sim(bytes, 0, MediaPacket.SIM_2016)));
        return PacketHeader.read(bytes, 0, bytes.length, shorter ? MediaPacket.SIM_2016 : MediaPacket.SIM_2019);
    }

    private void append(byte[] bytes, int offset, int length) {
        if (to + length > held.length) {
            int left = to - from;
            // A packet and what came behind it at once: the memory of a link does not grow beyond that.
            byte[] room = left + length > held.length || held.length > 2 * (mostBody + LONGEST_HEADER + length)
                    ? new byte[left + length + 1_024]
                    : held;
            System.arraycopy(held, from, room, 0, left);
            held = room;
            from = 0;
            to = left;
        }
        System.arraycopy(bytes, offset, held, to, length);
        to += length;
    }

    private int length() {
        if (simBytes == 0) {
            simBytes = found();
        }
        return switch (simBytes) {
            case PacketHeader.UNKNOWN -> PacketHeader.UNKNOWN;
            case PacketHeader.NONE -> PacketHeader.NONE;
            default -> length(simBytes);
        };
    }

    private int length(int sim) {
        return PacketHeader.length(held, from, to, sim, mostBody);
    }

    /** @return bytes of the SIM, or {@link PacketHeader#NONE} or {@link PacketHeader#UNKNOWN} */
    private int found() {
        int six = length(MediaPacket.SIM_2016);
        int ten = length(MediaPacket.SIM_2019);
        if (six == PacketHeader.UNKNOWN || ten == PacketHeader.UNKNOWN) {
            return PacketHeader.UNKNOWN;
        }
        boolean knownSix = six > 0 && known.test(PacketHeader.sim(held, from, MediaPacket.SIM_2016));
        boolean knownTen = ten > 0 && known.test(PacketHeader.sim(held, from, MediaPacket.SIM_2019));
        if (knownSix != knownTen) {
            return knownSix ? MediaPacket.SIM_2016 : MediaPacket.SIM_2019;
        }
        int behindSix = followed(six);
        int behindTen = followed(ten);
        if (behindSix > 0) {
            return MediaPacket.SIM_2016;
        }
        if (behindTen > 0 && behindSix == PacketHeader.NONE) {
            return MediaPacket.SIM_2019;
        }
        return behindSix == PacketHeader.NONE && behindTen == PacketHeader.NONE
                ? PacketHeader.NONE
                : PacketHeader.UNKNOWN;
    }

    /** The length when the next packet begins behind it. */
    private int followed(int length) {
        if (length <= 0) {
            return length;
        }
        int next = from + length;
        if (next < to && !PacketHeader.mayBegin(held, next, to)) {
            return PacketHeader.NONE;
        }
        return next + PacketHeader.MARK_BYTES <= to ? length : PacketHeader.UNKNOWN;
    }

    /** To the next place where a packet may begin. */
    private void skip(Sink sink) {
        int begun = from;
        simBytes = 0;
        do {
            from++;
        } while (from < to && !PacketHeader.mayBegin(held, from, to));
        if (!skipping) {
            skipping = true;
            sink.fault(
                    FaultKind.MALFORMED,
                    "no packet begins here: 30 31 63 64, version 2, a SIM in decimals, a kind of 0 to 4 and at most "
                            + mostBody + " bytes",
                    Arrays.copyOfRange(held, begun, from),
                    0,
                    from - begun);
        }
    }
}

package org.farwatch.ingest.media.rtp;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.farwatch.ingest.media.elementary.Unwrap;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * Packets of one payload type into the feed: inside a connection they come in order, datagrams are put in order. Owned by
 * whoever reads them.
 */
public final class PacketTrack {
    private final int type;
    private final Feed feed;
    private final Payloads reader;
    private final LongUnaryOperator clock;
    private final RtpCounters counters;
    /** Null where order is kept by the transport. */
    private final Reordering order;

    private final Unwrap stamps = new Unwrap(Integer.SIZE);
    private int next = -1;
    private byte[] sets;

    /**
     * @param type number of the payload, 0 to 127; packets of others are left out
     * @param sets parameter sets that come before the first picture, start coded; empty for none
     * @param clock microseconds on the clock of all tracks, by ticks of this one's without wrap
     * @param datagrams whether one packet may overtake another
     */
    public PacketTrack(
            RtpPayload payload,
            int type,
            byte[] sets,
            Feed feed,
            LongUnaryOperator clock,
            boolean datagrams,
            RtpCounters counters) {
        this.type = type;
        this.sets = sets.clone();
        this.feed = feed;
        this.clock = clock;
        this.counters = counters;
        reader = Payloads.of(payload, feed);
        order = datagrams ? new Reordering(true, counters, this::read, reader::lost) : null;
    }

    /**
     * @param bytes held only during the call
     * @param received our clock, milliseconds since 1970 UTC
     */
    public void packet(byte[] bytes, int offset, int length, long received) {
        RtpPacket packet = order == null
                ? RtpPacket.of(bytes, offset, length, received)
                // It may have to wait for another one.
                : RtpPacket.of(Arrays.copyOfRange(bytes, offset, offset + length), 0, length, received);
        if (packet == null || packet.type() != type) {
            counters.count(Count.MALFORMED);
            return;
        }
        counters.count(Count.PACKETS);
        counters.add(Count.BYTES, packet.wire());
        if (order != null) {
            order.packet(packet, System.nanoTime());
            return;
        }
        if (next >= 0 && packet.sequence() != next) {
            // Left out by a camera that cannot keep up, or a new source, of which nobody knows how many are missing.
            int gone = packet.sequence() - next & 0xffff;
            counters.add(Count.LOST, gone <= Reordering.MAX_DROPOUT ? gone : 1);
            reader.lost();
        }
        next = packet.sequence() + 1 & 0xffff;
        read(packet);
    }

    private void read(RtpPacket packet) {
        long micros = clock.applyAsLong(stamps.next(packet.stamp()));
        if (sets.length > 0) {
            reader.before(sets, micros, packet.received());
            sets = new byte[0];
        }
        if (!reader.take(packet, micros)) {
            counters.count(Count.MALFORMED);
        }
    }

    /** Whether packets wait for one that should have come before them: {@link #expire} is to be called meanwhile. */
    public boolean waits() {
        return order != null && order.waits();
    }

    /** Gives up on what has been waited for too long. */
    public void expire() {
        if (order != null) {
            order.expire(System.nanoTime());
        }
    }

    /** Bytes in between were lost: nothing that is unfinished can be finished. */
    public void lost() {
        counters.count(Count.DESYNC);
        reader.lost();
        feed.lost();
    }

    /** Nothing more comes. */
    public void end(long received) {
        if (order != null) {
            order.flush(System.nanoTime());
        }
        reader.end(received);
    }
}

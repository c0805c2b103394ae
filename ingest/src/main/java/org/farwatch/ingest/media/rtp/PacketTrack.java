package org.farwatch.ingest.media.rtp;

import java.util.function.LongUnaryOperator;
import org.farwatch.ingest.media.elementary.Unwrap;
import org.farwatch.ingest.media.push.Feed;

/**
 * Packets of one payload type that come in order, as inside a connection, into the feed. Owned by whoever reads the
 * connection.
 */
public final class PacketTrack {
    private final RtpPayload payload;
    private final int type;
    private final Feed feed;
    private final Payloads reader;
    private final LongUnaryOperator clock;
    private final Unwrap stamps = new Unwrap(Integer.SIZE);
    private int next = -1;
    private byte[] sets;
    private long lost;
    private long unread;

    /**
     * @param type number of the payload, 0 to 127; packets of others are left out
     * @param sets parameter sets that come before the first picture, start coded; empty for none
     * @param clock microseconds on the clock of all tracks, by ticks of this one's without wrap
     */
    public PacketTrack(RtpPayload payload, int type, byte[] sets, Feed feed, LongUnaryOperator clock) {
        this.payload = payload;
        this.type = type;
        this.sets = sets.clone();
        this.feed = feed;
        this.clock = clock;
        reader = Payloads.of(payload, feed);
    }

    /** @param received our clock, milliseconds since 1970 UTC */
    public void packet(byte[] bytes, int offset, int length, long received) {
        RtpPacket packet = RtpPacket.of(bytes, offset, length, received);
        if (packet == null || packet.type() != type) {
            unread++;
            return;
        }
        if (next >= 0 && packet.sequence() != next) {
            // Left out by a camera that cannot keep up, or a new source.
            lost += packet.sequence() - next & 0xffff;
            reader.lost();
        }
        next = packet.sequence() + 1 & 0xffff;
        long micros = clock.applyAsLong(stamps.next(packet.stamp()));
        if (sets.length > 0) {
            reader.before(sets, micros, received);
            sets = new byte[0];
        }
        if (!reader.take(packet, micros)) {
            unread++;
        }
    }

    /** Of the stamps, ticks a second. */
    public int clockRate() {
        return payload.clockRate();
    }

    /** Bytes in between were lost: nothing that is unfinished can be finished. */
    public void lost() {
        reader.lost();
        feed.lost();
    }

    /** Nothing more comes. */
    public void end(long received) {
        reader.end(received);
    }

    /** Packets that never came. */
    public long packetsLost() {
        return lost;
    }

    /** Packets of another payload, or that are none. */
    public long packetsUnread() {
        return unread;
    }
}

package org.farwatch.ingest.media.rtp;

import java.util.concurrent.atomic.LongAdder;
import org.farwatch.ingest.media.Packets;

/**
 * What came over one session, or over all of them together. Written by event loops and streams' threads, read by any thread; numbers only
 * grow.
 */
public final class RtpCounters {
    /** What is counted. The label stands in the metric. */
    public enum Count {
        /** Packets of the source that is listened to. */
        PACKETS("packets"),
        /** Bytes of these packets, headers included. */
        BYTES("bytes"),
        /** Packets that never came, or too late. */
        LOST("lost"),
        /** Packets that came behind one that they go before. */
        REORDERED("reordered"),
        /** Packets that came again. */
        DUPLICATE("duplicate"),
        /** Packets and connections of somebody who is not the source. */
        FOREIGN("foreign"),
        /** Sources taken, or taken in place of the one before, whose SSRC is not the one expected. */
        OTHER_SSRC("other-ssrc"),
        /** Times that the framing of a connection, or the packets of a stream within, were lost and searched again. */
        DESYNC("desync"),
        /** Packets that are none, or of a content that nobody knows. */
        MALFORMED("malformed"),
        /** Packets sent: speech. */
        SENT("sent"),
        /** Packets of speech that were not sent, since there was nobody to send to or no room. */
        UNSENT("unsent");

        private final String label;

        Count(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final LongAdder[] counts = new LongAdder[Count.values().length];
    private final RtpCounters all;

    /** Of all sessions together. */
    public RtpCounters() {
        this(null);
    }

    /** @param all counts the same again; null where this is it */
    public RtpCounters(RtpCounters all) {
        this.all = all;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** What came and what was lost. */
    public Packets packets() {
        return new Packets(get(Count.PACKETS), get(Count.LOST));
    }

    public long get(Count count) {
        return counts[count.ordinal()].sum();
    }

    public void add(Count count, long more) {
        counts[count.ordinal()].add(more);
        if (all != null) {
            all.add(count, more);
        }
    }

    public void count(Count count) {
        add(count, 1);
    }
}

package org.farwatch.ingest.media.rtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.farwatch.ingest.media.elementary.Unwrap;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * From packets to the feed: chooses the source, brings its packets in order and gives each to what reads its content.
 * Owned by the session's event loop.
 *
 * <p>The source expected is taken at once. Many devices send another SSRC than the one agreed: the first other source is
 * taken when {@link #PATIENCE} packets of it have come and none of the one expected, and given up for that one should it
 * come after all. From then on packets from another address or connection are dropped.
 */
final class Reception {
    /** Packets of another source before it is believed. */
    static final int PATIENCE = 16;
    /** Payload types of a session that are read. */
    static final int MAX_TYPES = 4;

    private static final long MICROS = 1_000_000;

    private final Feed feed;
    private final RtpCounters counters;
    private final Reordering order;
    private final Map<Integer, Track> tracks = new HashMap<>();
    private Map<Integer, RtpPayload> payloads = Map.of();
    private long expected;
    private long answered = RtpSessions.ANY_SSRC;
    /** Datagrams: the address; otherwise the connection. Null before a source is taken. */
    private Object source;

    private long ssrc;
    private Object candidate;
    private long candidateSsrc;
    private int rivals;
    private final List<RtpPacket> waiting = new ArrayList<>();

    /** One payload type. */
    private static final class Track {
        private final Unwrap clock = new Unwrap(Integer.SIZE);
        private RtpPayload payload;
        private Payloads reader;

        private long micros(long stamp) {
            long ticks = clock.next(stamp);
            int rate = payload.clockRate();
            return ticks / rate * MICROS + ticks % rate * MICROS / rate;
        }
    }

    Reception(boolean datagrams, long expected, Feed feed, RtpCounters counters) {
        this.expected = expected;
        this.feed = feed;
        this.counters = counters;
        order = new Reordering(datagrams, counters, this::read, this::gap);
    }

    void expect(Answer answer) {
        payloads = answer.payloads();
        answered = answer.ssrc().orElse(RtpSessions.ANY_SSRC);
        if (answered >= 0 && expected < 0) {
            expected = answered;
        }
        tracks.entrySet().removeIf(track -> {
            RtpPayload now = payloads.get(track.getKey());
            return now != null && !now.equals(track.getValue().payload);
        });
    }

    /**
     * @param from where it came from
     * @param nanos {@link System#nanoTime}
     * @return whether it was taken, or may be
     */
    boolean packet(byte[] bytes, Object from, long received, long nanos) {
        if (RtpPacket.control(bytes, 0, bytes.length)) {
            return true;
        }
        RtpPacket packet = RtpPacket.of(bytes, 0, bytes.length, received);
        if (packet == null) {
            counters.count(Count.MALFORMED);
            return true;
        }
        if (from.equals(source) && packet.ssrc() == ssrc) {
            candidate = null;
            take(packet, nanos);
            return true;
        }
        boolean believed = believed(packet.ssrc());
        if (believed && (source == null || !believed(ssrc))) {
            lock(from, packet.ssrc(), nanos);
            take(packet, nanos);
            return true;
        }
        if (source == null) {
            return waiting(packet, from, nanos);
        }
        counters.count(Count.FOREIGN);
        if (!from.equals(source)) {
            return false;
        }
        // The same device has begun a new source, as after its encoder was set: believed when it goes on.
        another(packet, from);
        if (rivals >= PATIENCE) {
            counters.count(Count.OTHER_SSRC);
            lock(from, packet.ssrc(), nanos);
        }
        return true;
    }

    /** Whether the source is chosen, and from where. */
    Object source() {
        return source;
    }

    boolean waits() {
        return order.waits();
    }

    void expire(long nanos) {
        order.expire(nanos);
    }

    /** Bytes of a connection belonged to no packet. */
    void desync() {
        gap();
    }

    /** Nothing more comes. */
    void end(long received, long nanos) {
        order.flush(nanos);
        tracks.values().forEach(track -> {
            if (track.reader != null) {
                track.reader.end(received);
            }
        });
    }

    /** Bytes that wait for what follows. */
    int unfinished() {
        return tracks.values().stream()
                .map(track -> track.reader)
                .filter(Objects::nonNull)
                .mapToInt(Payloads::unfinished)
                .sum();
    }

    private boolean believed(long number) {
        return expected < 0 || number == expected || number == answered;
    }

    private boolean waiting(RtpPacket packet, Object from, long nanos) {
        boolean same = from.equals(candidate) && packet.ssrc() == candidateSsrc;
        if (candidate == null) {
            another(packet, from);
        } else if (!same) {
            counters.count(Count.FOREIGN);
            if (++rivals > PATIENCE) {
                // The first one has fallen silent.
                forget();
            }
            return true;
        }
        waiting.add(packet);
        if (waiting.size() == PATIENCE) {
            List<RtpPacket> came = List.copyOf(waiting);
            waiting.clear();
            counters.count(Count.OTHER_SSRC);
            lock(from, packet.ssrc(), nanos);
            came.forEach(earlier -> take(earlier, nanos));
        }
        return true;
    }

    private void another(RtpPacket packet, Object from) {
        boolean same = from.equals(candidate) && packet.ssrc() == candidateSsrc;
        rivals = same ? rivals + 1 : source == null ? 0 : 1;
        candidate = from;
        candidateSsrc = packet.ssrc();
    }

    private void forget() {
        counters.add(Count.FOREIGN, waiting.size());
        waiting.clear();
        candidate = null;
        rivals = 0;
    }

    private void lock(Object from, long number, long nanos) {
        forget();
        if (source != null) {
            order.flush(nanos);
            order.restart();
            tracks.clear();
            feed.lost();
        }
        source = from;
        ssrc = number;
    }

    private void take(RtpPacket packet, long nanos) {
        counters.count(Count.PACKETS);
        counters.add(Count.BYTES, packet.wire());
        order.packet(packet, nanos);
    }

    private void gap() {
        tracks.values().forEach(track -> {
            if (track.reader != null) {
                track.reader.lost();
            }
        });
    }

    private void read(RtpPacket packet) {
        Track track = tracks.get(packet.type());
        if (track == null) {
            if (tracks.size() >= MAX_TYPES) {
                counters.count(Count.MALFORMED);
                return;
            }
            track = new Track();
            track.payload = payloads.getOrDefault(packet.type(), RtpPayload.of(RtpContent.ofStatic(packet.type())));
            tracks.put(packet.type(), track);
        }
        long micros = track.micros(packet.stamp());
        if (track.reader == null || track.reader instanceof Payloads.Nal) {
            choose(track, packet);
        }
        if (track.reader == null) {
            counters.count(Count.MALFORMED);
            return;
        }
        long resyncs = track.reader.resyncs();
        if (!track.reader.take(packet, micros)) {
            counters.count(Count.MALFORMED);
        }
        counters.add(Count.DESYNC, track.reader.resyncs() - resyncs);
    }

    /** The bytes have the last word: devices announce H.264 and send a program stream. */
    private void choose(Track track, RtpPacket packet) {
        RtpContent content = track.payload.content();
        if (Sniffing.pack(packet) && content != RtpContent.PS) {
            content = RtpContent.PS;
        } else if (track.reader != null) {
            return;
        } else if (content == RtpContent.UNKNOWN) {
            content = Sniffing.content(packet);
        }
        if (content != RtpContent.UNKNOWN) {
            track.payload = new RtpPayload(content, track.payload.clockRate(), track.payload.channels());
            track.reader = Payloads.of(track.payload, feed);
        }
    }
}

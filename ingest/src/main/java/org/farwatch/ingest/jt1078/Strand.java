package org.farwatch.ingest.jt1078;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.farwatch.ingest.jt1078.MediaPacket.Part;

/**
 * The packets of one kind of one channel, put in order and into frames. Terminals number the packets of a link, of a
 * channel, or of the pictures and the sound of a channel each by themselves: a packet is the next one if it is that by
 * any of these. What is missing between two whole pictures that follow on each other by their stamps was sound, and costs
 * no picture. Owned by the {@link Reception} it belongs to.
 */
final class Strand {
    /** So long a packet waits for those that are missing before it, milliseconds. */
    static final long PATIENCE = 200;

    private final int window;
    private final int mostFrame;
    private final Jt1078Counters counters;
    private final Runnable lost;
    private final Consumer<Whole> frames;
    private final Numbering own = new Numbering();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Pace pace = new Pace();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    /** The first packet of a frame of which parts have come; null while there is none. */
    private MediaPacket first;

    private long missing;
    /** Whether its numbers go on with those of the channel's other packets, rather than by themselves. */
    private boolean joined;
    /** A packet of the channel is missing that may be one of these. */
    private boolean doubtful;

    private record Waiting(MediaPacket packet, long receiveTime) {}

    /**
     * A frame.
     *
     * @param first the packet that began it
     */
    record Whole(MediaPacket first, byte[] bytes, long receiveTime) {}

    /**
     * @param window packets that may wait for one that is missing; 0 where none overtakes another
     * @param lost told when something is missing
     */
    Strand(int window, int mostFrame, Jt1078Counters counters, Runnable lost, Consumer<Whole> frames) {
        this.window = window;
        this.mostFrame = mostFrame;
        this.counters = counters;
        this.lost = lost;
        this.frames = frames;
    }

    /** Packets that never came. */
    long missing() {
        return missing;
    }

    /** Whether its packets are numbered together with others. */
    boolean joined() {
        return joined;
    }

    /** Another kind's packets have a gap, in numbers that both share: what is missing may belong here. */
    void doubt() {
        doubtful = true;
    }

    void take(MediaPacket packet, Numbering channel, Numbering link, long receiveTime) {
        int sequence = packet.sequence();
        boolean together = channel.continues(sequence) || link.continues(sequence);
        if (own.begun() && together != own.continues(sequence)) {
            joined = together;
        }
        if (!own.begun() || own.continues(sequence) || together) {
            pass(packet, channel, link, receiveTime);
        } else if (window > 0 && own.ahead(sequence) <= 0 && own.ahead(sequence) > -2 * window) {
            counters.late.increment();
        } else if (window > 0 && own.ahead(sequence) > 1) {
            hold(packet, receiveTime);
        } else {
            gap(packet, channel, link, receiveTime);
        }
    }

    private void hold(MediaPacket packet, long receiveTime) {
        if (waiting.stream().anyMatch(other -> other.packet().sequence() == packet.sequence())) {
            counters.late.increment();
        } else {
            waiting.add(new Waiting(packet, receiveTime));
        }
    }

    /**
     * Lets those go that are next, and when they have waited enough, those that are not.
     *
     * @return whether any went: others of the channel may be next now
     */
    boolean release(Numbering channel, Numbering link, long now) {
        boolean went = false;
        while (!waiting.isEmpty()) {
            Waiting nearest = waiting.getFirst();
            boolean tooLong = waiting.size() >= window;
            for (Waiting other : waiting) {
                nearest = own.ahead(other.packet().sequence())
                                < own.ahead(nearest.packet().sequence())
                        ? other
                        : nearest;
                tooLong |= now - other.receiveTime() >= PATIENCE;
            }
            MediaPacket packet = nearest.packet();
            int sequence = packet.sequence();
            boolean next = own.continues(sequence) || channel.continues(sequence) || link.continues(sequence);
            if (!next && !tooLong) {
                return went;
            }
            went = true;
            waiting.remove(nearest);
            if (next) {
                pass(packet, channel, link, nearest.receiveTime());
            } else {
                gap(packet, channel, link, nearest.receiveTime());
            }
        }
        return went;
    }

    private void gap(MediaPacket packet, Numbering channel, Numbering link, long receiveTime) {
        int ahead = own.ahead(packet.sequence());
        // A number that went back is that of a device that began anew: how many are missing nobody knows.
        int gone = Math.max(1, ahead - 1);
        missing += gone;
        counters.lost.add(gone);
        boolean between = first == null && packet.part().begins() && pace.follows(packet);
        if (!between) {
            pace.broken();
            drop();
            lost.run();
            doubtful = false;
        }
        own.restart(packet.sequence());
        pass(packet, channel, link, receiveTime);
    }

    private void pass(MediaPacket packet, Numbering channel, Numbering link, long receiveTime) {
        own.restart(packet.sequence());
        channel.advance(packet.sequence());
        link.advance(packet.sequence());
        settle(packet);
        switch (packet.part()) {
            case WHOLE -> {
                unfinished();
                frames.accept(new Whole(packet, packet.body(), receiveTime));
            }
            case FIRST -> {
                unfinished();
                first = packet;
                append(packet);
            }
            case MIDDLE, LAST -> {
                if (first == null) {
                    counters.incomplete.increment();
                } else {
                    append(packet);
                }
            }
        }
        if (first != null && packet.part() == Part.LAST) {
            Whole whole = new Whole(first, parts.toByteArray(), receiveTime);
            drop();
            frames.accept(whole);
        }
    }

    /** Whether what is missing elsewhere was missing here. */
    private void settle(MediaPacket packet) {
        boolean begins = packet.part().begins();
        if (doubtful && !(begins && pace.follows(packet))) {
            pace.broken();
            drop();
            lost.run();
        }
        doubtful = false;
        if (begins && packet.kind().picture()) {
            pace.picture(packet);
        }
    }

    private void append(MediaPacket packet) {
        if (parts.size() + packet.body().length > mostFrame) {
            unfinished();
        } else {
            parts.writeBytes(packet.body());
        }
    }

    /** What has come of a frame is of no use any more. */
    private void unfinished() {
        if (first != null) {
            counters.incomplete.increment();
            drop();
            lost.run();
        }
    }

    private void drop() {
        first = null;
        parts.reset();
    }
}

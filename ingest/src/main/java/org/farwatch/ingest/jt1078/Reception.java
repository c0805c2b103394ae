package org.farwatch.ingest.jt1078;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.push.Feed;

/**
 * What one channel of a terminal sends to one who asked for it. Safe for use by many threads: packets come on the event
 * loops of links, of which the newest counts.
 */
public final class Reception implements AutoCloseable {
    private static final int H264 = 98;
    private static final int H265 = 99;
    /** That the rest of an earlier call may go on. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final Receptions all;
    private final Receptions.Key key;
    private final Feed feed;
    private final Jt1078Counters counters;
    private final int mostFrame;
    private final Listener listener;
    /** The newest link when it was opened. */
    private final long before = MediaLink.newest();

    private final long openedAt = System.nanoTime();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private MediaLink link;
    private Numbering channel;
    private Strand pictures;
    private Strand sounds;
    private PacketWriter talk;
    private long packets;
    private long told;
    private long toldMissing;
    /** Packets that never came on links before this one. */
    private long missingBefore;

    private long lastStamp = -1;
    private int sameStamps;
    private boolean ended;

    /**
     * A terminal that is spoken to: it may send nothing by which its link is known.
     *
     * @param host where its JT/T 808 connection comes from
     * @param simBytes of the SIM in its packets
     */
    record Listener(String host, int simBytes) {}

    Reception(
            Receptions all, Receptions.Key key, Feed feed, int mostFrame, Jt1078Counters counters, Listener listener) {
        this.listener = listener;
        this.all = all;
        this.key = key;
        this.feed = feed;
        this.mostFrame = mostFrame;
        this.counters = counters;
    }

    /** Completes when the first packet comes, on an event loop; never exceptionally. */
    public CompletionStage<Void> begun() {
        return begun;
    }

    /**
     * Packets lost of a hundred, since this was asked last, rounded down (0x9105).
     *
     * @return -1 when nothing came at all
     */
    public synchronized int lossPercent() {
        long missing = missing();
        long came = packets - told;
        long gone = missing - toldMissing;
        told = packets;
        toldMissing = missing;
        return came == 0 ? -1 : (int) (100 * gone / (came + gone));
    }

    /** Of all its links. */
    public synchronized Packets packets() {
        return new Packets(packets, missingBefore + missing());
    }

    private long missing() {
        return pictures == null ? 0 : pictures.missing() + sounds.missing();
    }

    /**
     * Sends sound to the terminal on the link on which its packets come. Never waits.
     *
     * @param payloadType of the sound, which 0x1003 names: {@link PacketWriter#G711_A}
     * @param stamp milliseconds of any origin
     * @param sound at most {@link PacketWriter#MOST_BODY} bytes
     * @return false when there is no link, or no room in it
     */
    public boolean say(int payloadType, long stamp, byte[] sound) {
        if (sound.length > PacketWriter.MOST_BODY) {
            throw new IllegalArgumentException(
                    "sound must be at most " + PacketWriter.MOST_BODY + " bytes, was " + sound.length);
        }
        MediaLink to;
        byte[] packet;
        synchronized (this) {
            if (link == null || ended) {
                return false;
            }
            to = link;
            packet = talk.sound(key.channel(), payloadType, stamp, sound);
        }
        boolean sent = to.send(packet);
        if (!sent) {
            counters.unsent.increment();
        }
        return sent;
    }

    /** Ends it for whoever receives it. */
    public synchronized void fail(OfflineCause cause, String detail) {
        if (!ended) {
            ended = true;
            feed.failed(cause, detail);
        }
    }

    /** Takes nothing more. */
    @Override
    public void close() {
        all.remove(key, this);
        MediaLink last;
        synchronized (this) {
            ended = true;
            last = listener == null ? null : link;
        }
        if (last != null) {
            last.leave(this);
        }
    }

    /** Whether a link from there on which nothing comes may be its own. */
    synchronized boolean expects(String host) {
        return listener != null && link == null && !ended && listener.host().equals(host);
    }

    /** Speaks on a link on which nothing has come. @return false when it has another one by now */
    boolean silent(MediaLink from) {
        synchronized (this) {
            if (link != null || ended) {
                return false;
            }
            begin(key.sim(), listener.simBytes(), from);
        }
        begun.complete(null);
        return true;
    }

    /** A packet of this channel, on the event loop of its link. */
    synchronized void take(MediaPacket packet, MediaLink from, long receiveTime) {
        if (ended || link != null && from.number < link.number) {
            return;
        }
        if (link == null || link.number != from.number) {
            begin(packet.sim(), packet.simBytes(), from);
        }
        packets++;
        switch (packet.kind()) {
            case I, P, B -> pictures.take(packet, channel, from.numbering, receiveTime);
            case SOUND -> sounds.take(packet, channel, from.numbering, receiveTime);
            case TRANSPARENT -> {
                channel.advance(packet.sequence());
                from.numbering.advance(packet.sequence());
            }
        }
        // A packet of the one may be what the other waits for, where both are numbered together.
        boolean went = true;
        while (went && !ended) {
            went = pictures.release(channel, from.numbering, receiveTime);
            went |= sounds.release(channel, from.numbering, receiveTime);
        }
        begun.complete(null);
    }

    private void begin(String sim, int simBytes, MediaLink from) {
        if (link != null) {
            feed.lost();
        }
        link = from;
        channel = new Numbering();
        told = packets;
        toldMissing = 0;
        missingBefore += missing();
        pictures = new Strand(from.window, mostFrame, counters, feed::lost, this::picture);
        sounds = new Strand(from.window, mostFrame, counters, this::soundMissing, this::sound);
        talk = new PacketWriter(sim, simBytes);
    }

    /** Where all are numbered together, what is missing before a sound may have been of a picture. */
    private void soundMissing() {
        if (sounds.joined()) {
            pictures.doubt();
        }
    }

    /**
     * The link is closed. One that is older than this, soon after its beginning, carried the rest of what was asked for
     * before: the terminal sends on another one.
     */
    synchronized void over(MediaLink gone) {
        if (link == null || gone.number != link.number || ended) {
            return;
        }
        if (gone.number <= before && System.nanoTime() - openedAt < REST.toNanos()) {
            link = null;
            feed.lost();
        } else {
            ended = true;
            feed.failed(OfflineCause.ENDED, "the terminal closed the media link");
        }
    }

    private void picture(Strand.Whole whole) {
        VideoCodec codec = switch (whole.first().payloadType()) {
            case H264 -> VideoCodec.H264;
            case H265 -> VideoCodec.H265;
            default -> null;
        };
        if (codec == null) {
            ended = true;
            feed.failed(
                    OfflineCause.UNSUPPORTED_CODEC,
                    "pictures of payload type " + whole.first().payloadType()
                            + " (JT/T 1078, table 12); H.264 and H.265 are taken");
            return;
        }
        long stamp = whole.first().stamp();
        sameStamps = stamp == lastStamp ? sameStamps + 1 : 0;
        lastStamp = stamp;
        counters.frames.increment();
        long micros = micros(stamp, whole.receiveTime());
        feed.video(codec, micros, micros, whole.receiveTime(), whole.bytes());
    }

    private void sound(Strand.Whole whole) {
        counters.frames.increment();
        Sounds.give(
                whole.first(),
                whole.bytes(),
                micros(whole.first().stamp(), whole.receiveTime()),
                whole.receiveTime(),
                feed);
    }

    /** A terminal whose stamps stand still is timed by our clock. */
    private long micros(long stamp, long receiveTime) {
        return 1_000 * (sameStamps > 1 ? receiveTime : stamp);
    }
}

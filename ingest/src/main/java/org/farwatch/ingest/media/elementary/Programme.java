package org.farwatch.ingest.media.elementary;

import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.push.Feed;

/**
 * The one video and the one sound of an MPEG system stream, on one clock: stamps of 33 bits at 90 kHz become
 * microseconds that do not wrap; where there are none, the transport's stamps take their place. Owned by the stream's
 * event loop.
 */
public final class Programme {
    /** In place of a stamp of 33 bits. */
    public static final long NO_STAMP = -1;

    private static final int STAMP_BITS = 33;
    /** Packets of a video that is known not to be taken, before that ends the stream: the bytes may know better. */
    private static final int PATIENCE = 100;

    private final Feed feed;
    private final AccessUnits pictures;
    private final SoundFrames sound;
    private final Unwrap clock = new Unwrap(STAMP_BITS);
    private StreamType video = StreamType.UNKNOWN;
    private boolean hasStamps;
    private long transport;
    private long lastPicture;
    private int unreadable;

    public Programme(Feed feed) {
        this.feed = feed;
        pictures = new AccessUnits(feed);
        sound = new SoundFrames(feed);
    }

    /** Microseconds for whatever has no stamp in a stream without stamps. */
    public void transportStamp(long micros) {
        transport = micros;
    }

    public void videoType(StreamType said) {
        video = said;
        pictures.codec(said.video());
    }

    public void soundType(StreamType said) {
        sound.type(said);
    }

    /**
     * A packet of video begins.
     *
     * @param header with its stamps
     */
    public void beginVideo(PesHeader header) {
        if (video.foreignVideo() && pictures.codec() == null && ++unreadable == PATIENCE) {
            feed.failed(OfflineCause.UNSUPPORTED_CODEC, "the video is " + video.label());
        }
        if (header.presentation() != NO_STAMP) {
            hasStamps = true;
            long decode = clock.next(header.decode());
            long presentation = micros(decode + Math.max(0, ahead(header)));
            lastPicture = micros(decode);
            pictures.stamp(lastPicture, presentation);
        } else if (!hasStamps) {
            lastPicture = transport;
            pictures.stamp(transport, transport);
        }
    }

    public void putVideo(byte[] bytes, int offset, int length, long received) {
        pictures.put(bytes, offset, length, received);
    }

    /** The transport says that a picture ends here. */
    public void markVideo() {
        pictures.mark();
    }

    /** A packet of sound begins. */
    public void beginSound(PesHeader header) {
        sound.begin();
        if (header.presentation() != NO_STAMP) {
            hasStamps = true;
            sound.stamp(micros(clock.next(header.presentation())));
        } else if (hasStamps) {
            sound.follow(lastPicture);
        } else {
            sound.stamp(transport);
        }
    }

    public void putSound(byte[] bytes, int offset, int length) {
        sound.put(bytes, offset, length);
    }

    /** The packet of sound is whole. */
    public void endSound(long received) {
        sound.end(received);
    }

    /** Bytes in between are missing. */
    public void lost() {
        pictures.lost();
        sound.lost();
        feed.lost();
    }

    /** Only of the sound. */
    public void soundLost() {
        sound.lost();
    }

    /** Nothing more comes. */
    public void end(long received) {
        pictures.end();
        sound.end(received);
    }

    /** Bytes that wait: at most a picture and a packet of sound. */
    public int unfinished() {
        return pictures.unfinished() + sound.unfinished();
    }

    private static long ahead(PesHeader header) {
        int spare = Long.SIZE - STAMP_BITS;
        return (header.presentation() - header.decode()) << spare >> spare;
    }

    private static long micros(long ticks) {
        return ticks * 100 / 9;
    }
}

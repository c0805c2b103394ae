package org.farwatch.ingest.record;

import java.util.Random;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.farwatch.ingest.media.TestFormats;

/** A camera of 25 pictures a second, a key picture every two seconds, whose pictures are noise. */
final class Feed {
    static final long START = 1_800_000_000_000L;
    static final int RATE = 25;
    static final int GOP = 50;

    private final Fmp4Writer writer;
    private final Random random = new Random(7);
    private final int pictureBytes;
    private long picture;
    private int sinceKey;
    private long clockOffset;
    private long streamOffset;

    Feed(FragmentSink sink, int pictureBytes) {
        this.writer = new Fmp4Writer(sink);
        this.pictureBytes = pictureBytes;
    }

    static Feed into(FragmentSink sink) {
        Feed feed = new Feed(sink, 200);
        feed.format(TestFormats.video());
        return feed;
    }

    void format(MediaFormat format) {
        writer.format(format);
        sinceKey = 0;
    }

    /** Sends pictures for so long. */
    Feed seconds(double seconds) {
        return pictures((int) (seconds * RATE));
    }

    Feed pictures(int count) {
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[pictureBytes];
            random.nextBytes(payload);
            long time = picture * 1_000_000 / RATE + streamOffset;
            writer.unit(new MediaUnit(Track.VIDEO, time, time, now(), sinceKey % GOP == 0, payload));
            sinceKey++;
            picture++;
        }
        return this;
    }

    /** Sends pictures and never again a key picture. */
    Feed withoutKeys(int seconds) {
        for (int i = 0; i < seconds * RATE; i++) {
            long time = picture * 1_000_000 / RATE + streamOffset;
            writer.unit(new MediaUnit(Track.VIDEO, time, time, now(), false, new byte[pictureBytes]));
            picture++;
        }
        return this;
    }

    /** Time passes on both clocks and no picture comes. */
    Feed silence(long millis) {
        clockOffset += millis;
        streamOffset += millis * 1_000;
        return this;
    }

    /** Somebody sets our clock. */
    Feed clockSet(long millis) {
        clockOffset += millis;
        return this;
    }

    void end() {
        writer.end();
    }

    /** Our clock at the next picture. */
    long now() {
        return START + picture * 1_000 / RATE + clockOffset;
    }
}

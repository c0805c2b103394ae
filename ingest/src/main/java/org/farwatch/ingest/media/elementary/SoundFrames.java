package org.farwatch.ingest.media.elementary;

import java.util.Arrays;
import org.farwatch.ingest.media.Adts;
import org.farwatch.ingest.media.push.Feed;

/**
 * Puts the sound of packets together: G.711 as it comes, AAC by its ADTS headers, whose frames may go on in the next
 * packet. Owned by the stream's event loop.
 */
final class SoundFrames {
    /** Of one packet and what was left of the one before; what is longer is dropped. */
    static final int MAX_PACKET = 128 * 1024;

    private final Feed feed;
    private StreamType type = StreamType.UNKNOWN;
    private byte[] buffer = new byte[2 * 1024];
    private int size;
    /** Bytes of an AAC frame that began in an earlier packet. */
    private int left;

    private long stamp;
    private boolean stamped;
    /** Where the next sound begins, as far as lengths tell, microseconds. */
    private long next;

    private boolean running;
    private boolean open;

    SoundFrames(Feed feed) {
        this.feed = feed;
    }

    void type(StreamType said) {
        if (said != type) {
            lost();
            type = said;
        }
    }

    /** A packet begins. */
    void begin() {
        end(0);
        open = true;
        stamped = false;
        left = size;
    }

    /** @param micros of the first sound that begins in this packet */
    void stamp(long micros) {
        stamp = micros;
        stamped = true;
    }

    /** Without a stamp of its own a packet follows the one before, or the pictures. */
    void follow(long micros) {
        if (!running) {
            stamp(micros);
        }
    }

    void put(byte[] bytes, int offset, int length) {
        if (!open || length > MAX_PACKET - size) {
            lost();
            return;
        }
        if (length > buffer.length - size) {
            buffer = Arrays.copyOf(buffer, Math.max(size + length, Math.min(MAX_PACKET, 2 * buffer.length)));
        }
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /** The packet is whole. */
    void end(long received) {
        if (!open) {
            return;
        }
        open = false;
        StreamType is = type == StreamType.UNKNOWN ? guessed() : type;
        if (is == StreamType.AAC) {
            aac(received);
            return;
        }
        if (is.sound() == null) {
            feed.leftOut(is.label());
        } else if (size > 0) {
            long at = stamped || !running ? stamp : next;
            feed.sound(is.sound(), at, received, Arrays.copyOf(buffer, size));
            next = at + size * 1_000_000L / is.sound().sampleRate();
            running = true;
        }
        size = 0;
    }

    void lost() {
        size = 0;
        left = 0;
        open = false;
        running = false;
    }

    int unfinished() {
        return size;
    }

    /** Where nothing says what it is: AAC shows itself, else it is what GB/T 28181 devices usually send. */
    private StreamType guessed() {
        return header(0) ? StreamType.AAC : StreamType.PCMA;
    }

    private void aac(long received) {
        int from = 0;
        while (from < size && !header(from) && size - from >= Adts.SHORT_HEADER) {
            from++;
        }
        int at = from;
        long micros = 0;
        while (size - at >= Adts.SHORT_HEADER && header(at)) {
            int length = Adts.length(buffer, at);
            int rate = Adts.rate(buffer, at);
            if (length <= Adts.header(buffer, at) || rate < 0) {
                size = at;
                break;
            }
            if (length > size - at) {
                break;
            }
            micros += 1_024L * 1_000_000 / rate;
            at += length;
        }
        if (at > from) {
            boolean own = stamped && (left == 0 || !running) || !running;
            long begins = own ? stamp : next;
            feed.aac(begins, received, Arrays.copyOfRange(buffer, from, at));
            next = begins + micros;
            running = true;
        }
        size -= at;
        System.arraycopy(buffer, at, buffer, 0, size);
        if (size >= Adts.SHORT_HEADER && !header(0)) {
            size = 0;
        }
    }

    private boolean header(int at) {
        return size - at >= 2 && Adts.begins(buffer, at);
    }
}

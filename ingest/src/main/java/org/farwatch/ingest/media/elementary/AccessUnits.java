package org.farwatch.ingest.media.elementary;

import java.util.Arrays;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.push.Feed;

/**
 * Cuts a byte stream of H.264 or H.265 (annex B), that comes in pieces cut anywhere, into pictures. A picture ends where
 * the next begins: at a delimiter, a parameter set, a first slice, or a start code with another stamp. Where a transport
 * marks the ends of pictures and {@link #MARKS} of its marks in a row stood right, a picture is given out at its mark
 * instead of one picture later; after the first wrong one no mark is believed any more. What is too long for a picture is
 * dropped, and told as lost. The bytes decide between the codecs where they contradict what was said.
 *
 * <p>Owned by the stream's event loop. Each byte is looked at once and copied twice.
 */
public final class AccessUnits {
    /** Of one picture: at 25 key pictures a second it would be 800 Mb/s. */
    public static final int MAX_PICTURE = 4 * 1024 * 1024;

    /** Two seconds at 25 a second: there is a key picture among them, which devices cut differently. */
    static final int MARKS = 50;

    private static final int FIRST_BUFFER = 64 * 1024;
    /** Start code, header and the byte that tells whether a slice is the first. */
    private static final int DECIDING = 6;

    /** Between pictures until their stamps tell, microseconds. */
    private static final long USUAL_INTERVAL = 40_000;

    private static final long LONGEST_INTERVAL = 1_000_000;

    private final Feed feed;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int size;
    /** Up to here start codes have been looked for. */
    private int scan;

    private VideoCodec codec;
    /** A picture begins at the buffer's first byte. */
    private boolean begun;
    /** It has a slice. */
    private boolean pictured;

    private long decode;
    private long presentation;
    private boolean stamped;
    private long interval = USUAL_INTERVAL;

    /** A stamp for the next picture that begins at {@link #markAt} or behind it. */
    private boolean marked;

    private int markAt;
    private long markDecode;
    private long markPresentation;
    /** Where a start code begins the next picture whatever is behind it; -1 nowhere. */
    private int cutAt = -1;

    /** The transport has marked an end, and nothing has come behind it that shows whether it is one. */
    private boolean ended;

    private int endAt;
    /** The picture before the mark has been given out. */
    private boolean early;
    /** Marks in a row that stood right. */
    private int right;

    private boolean liar;

    private int pieceAt;
    private long pieceReceived;
    private long receivedBefore;

    public AccessUnits(Feed feed) {
        this.feed = feed;
    }

    /** What was said about the codec; null says nothing. */
    public void codec(VideoCodec said) {
        if (codec == null) {
            codec = said;
        }
    }

    /** Null until it is known. */
    public VideoCodec codec() {
        return codec;
    }

    /**
     * The first picture that begins in what follows has this stamp.
     *
     * @param decode microseconds
     * @param presentation microseconds, not before it
     */
    public void stamp(long decode, long presentation) {
        boolean current = (begun || early) && decode == this.decode && presentation == this.presentation;
        boolean known = marked && decode == markDecode && presentation == markPresentation;
        if (current || known) {
            return;
        }
        marked = true;
        markAt = size;
        markDecode = decode;
        markPresentation = presentation;
        cutAt = size;
    }

    /** @param received our clock, milliseconds since 1970 UTC */
    public void put(byte[] bytes, int offset, int length, long received) {
        if (length > MAX_PICTURE - size) {
            lost();
            feed.lost();
        }
        if (length > MAX_PICTURE) {
            return;
        }
        if (length > buffer.length - size) {
            buffer = Arrays.copyOf(buffer, Math.max(size + length, Math.min(MAX_PICTURE, 2 * buffer.length)));
        }
        receivedBefore = size == 0 ? received : pieceReceived;
        pieceAt = size;
        pieceReceived = received;
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        look(DECIDING);
        if (!begun) {
            // A zero before the start code belongs to it.
            discard(Math.max(0, Math.min(scan, size) - 1));
        }
    }

    /** The transport says that the picture ends with what has come. */
    public void mark() {
        if (liar || !begun || !pictured || ended && endAt == size) {
            return;
        }
        if (ended) {
            // Bytes of the same unit have come behind the one before.
            wrong();
            return;
        }
        ended = true;
        endAt = size;
        if (right == MARKS) {
            give(size);
            discard(size);
            scan = 0;
            begun = false;
            pictured = false;
            early = true;
        }
    }

    /** Something in between is missing: what is unfinished is dropped. */
    public void lost() {
        ended = false;
        early = false;
        size = 0;
        scan = 0;
        begun = false;
        pictured = false;
        marked = false;
        cutAt = -1;
    }

    /** Nothing more comes: gives out the last picture. */
    public void end() {
        look(DECIDING - 2);
        if (begun) {
            give(size);
        }
        lost();
    }

    /** Bytes that wait for the end of their picture. */
    public int unfinished() {
        return size;
    }

    private void look(int deciding) {
        while (scan + 2 < size) {
            if (buffer[scan + 2] > 1 || buffer[scan + 2] < 0) {
                scan += 3;
            } else if (buffer[scan] == 0 && buffer[scan + 1] == 0 && buffer[scan + 2] == 1) {
                if (scan + deciding > size) {
                    return;
                }
                scan = unit(scan) + 3;
            } else {
                scan++;
            }
        }
    }

    /**
     * @param at where the start code is
     * @return where it is now
     */
    private int unit(int at) {
        int first = buffer[at + 3] & 0xff;
        int second = at + 4 < size ? buffer[at + 4] & 0xff : 0;
        int third = at + 5 < size ? buffer[at + 5] & 0xff : 0;
        VideoCodec betrayed = NalKind.betrayed(first, second);
        boolean changed = betrayed != null && betrayed != codec;
        if (codec == null && betrayed == null) {
            return at;
        }
        NalKind kind = NalKind.of(changed ? betrayed : codec, first, second, third);
        int now = at;
        boolean begins = changed || begins(kind, at);
        if (ended && at >= endAt) {
            if (begins && at - endAt <= 1) {
                right = Math.min(MARKS, right + 1);
                ended = false;
            } else {
                wrong();
            }
        }
        if (begins) {
            early = false;
            int start = at > 0 && buffer[at - 1] == 0 ? at - 1 : at;
            if (begun) {
                give(start);
            }
            if (changed) {
                codec = betrayed;
            }
            begin(at);
            discard(start);
            now = at - start;
        }
        pictured |= kind == NalKind.FIRST_SLICE || kind == NalKind.SLICE;
        return now;
    }

    private boolean begins(NalKind kind, int at) {
        return switch (kind) {
            case FIRST_SLICE, PREFIX -> !begun || pictured;
            case SLICE -> (begun ? pictured : early) && cutAt >= 0 && (at == cutAt || at == cutAt + 1);
            case OTHER -> false;
        };
    }

    /** What was marked as an end was none. */
    private void wrong() {
        liar = true;
        ended = false;
        if (early) {
            // A part of a picture was given out for all of it.
            early = false;
            feed.lost();
        }
    }

    private void begin(int at) {
        if (marked && markAt <= at) {
            if (stamped) {
                interval = Math.clamp(markDecode - decode, 1, LONGEST_INTERVAL);
            }
            decode = markDecode;
            presentation = markPresentation;
            marked = false;
        } else {
            decode += interval;
            presentation = decode;
        }
        stamped = true;
        begun = true;
        pictured = false;
    }

    private void give(int end) {
        if (pictured) {
            long received = end <= pieceAt ? receivedBefore : pieceReceived;
            feed.video(codec, decode, presentation, received, Arrays.copyOf(buffer, end));
        }
    }

    private void discard(int count) {
        System.arraycopy(buffer, count, buffer, 0, size - count);
        size -= count;
        scan -= count;
        markAt -= count;
        pieceAt -= count;
        cutAt = cutAt < count ? -1 : cutAt - count;
        if (ended) {
            endAt -= count;
            if (endAt < -1) {
                // No start code stood behind it.
                wrong();
            }
        }
    }
}

package org.farwatch.ingest.record;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.record.InitSegment.Box;

/**
 * Walks the boxes of a segment file as far as they are whole: header, then fragments of {@code prft}, {@code moof} and
 * {@code mdat} (ISO/IEC 14496-12, 8.8 and 8.16.5). Anything else, also zeros and garbage, ends the walk. Pictures and
 * sound are not read; memory is bounded by {@link #MAX_BOX}.
 */
final class SegmentScan {
    /** Of a header or a fragment's description; the recorder's own are some kilobytes. */
    static final int MAX_BOX = 1 << 20;

    private static final int PRFT = 32;
    private static final byte[] NO_BYTES = {};
    /** Between 1900 and 1970, seconds: NTP's epoch (RFC 5905, 6). */
    private static final long NTP_OFFSET = 2_208_988_800L;

    private final FileChannel file;
    private final long length;
    private InitSegment init;
    private long initBytes;
    private long whole;
    private long fragments;
    private long frames;
    private long end = Long.MIN_VALUE;
    private Fragment first;
    private Fragment last;

    /**
     * @param init null when the header is not whole
     * @param whole bytes of the header and all whole fragments
     * @param end of the latest fragment by our clock, milliseconds since 1970 UTC
     * @param first fragment, without its bytes; null when none is whole
     * @param last fragment, without its bytes
     */
    record Found(
            InitSegment init,
            long initBytes,
            long whole,
            long fragments,
            long frames,
            long end,
            Fragment first,
            Fragment last) {}

    private SegmentScan(FileChannel file, long length) {
        this.file = file;
        this.length = length;
    }

    static Found of(FileChannel file) throws IOException {
        SegmentScan scan = new SegmentScan(file, file.size());
        try {
            scan.header();
            while (scan.fragment()) {
                scan.fragments++;
            }
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException _) {
            // What is broken here is the end of what is whole.
        }
        return new Found(
                scan.init, scan.initBytes, scan.whole, scan.fragments, scan.frames, scan.end, scan.first, scan.last);
    }

    private void header() throws IOException {
        long at = size(0, "ftyp");
        long moov = size(at, "moov");
        init = InitSegment.parse(content(at, moov));
        initBytes = at + moov;
        whole = initBytes;
    }

    private boolean fragment() throws IOException {
        long at = whole;
        if (at == length) {
            return false;
        }
        if (size(at, "prft") != PRFT) {
            return false;
        }
        ByteBuffer time = content(at, PRFT);
        long received = millis(time.getInt(8), time.getInt(12));
        at += PRFT;
        long moof = size(at, "moof");
        Movie movie = movie(content(at, moof));
        at += moof;
        long mdat = size(at, "mdat");
        if (mdat - Box.HEADER != movie.bytes()) {
            return false;
        }
        whole = at + mdat;
        frames += movie.frames();
        last = new Fragment(NO_BYTES, false, movie.decode(), movie.micros(), received, (int) movie.frames());
        first = fragments == 0 ? last : first;
        end = Math.max(end, last.receivedEnd());
        return true;
    }

    /**
     * @param decode of the first picture, of the sound where there are none, microseconds
     * @param micros duration of the same
     */
    private record Movie(long frames, long decode, long micros, long bytes) {}

    private Movie movie(ByteBuffer moof) {
        long frames = 0;
        long decode = 0;
        long micros = 0;
        long bytes = 0;
        ByteBuffer rest = moof.slice();
        while (rest.hasRemaining()) {
            Box traf = Box.next(rest);
            if (!traf.type().equals("traf")) {
                continue;
            }
            int track = Box.find(traf.content(), "tfhd")
                    .orElseThrow(IllegalArgumentException::new)
                    .content()
                    .getInt(4);
            ByteBuffer trun = Box.find(traf.content(), "trun")
                    .orElseThrow(IllegalArgumentException::new)
                    .content();
            long begins = Box.find(traf.content(), "tfdt")
                    .orElseThrow(IllegalArgumentException::new)
                    .content()
                    .getLong(4);
            int count = trun.getInt(4);
            if (count < 0) {
                throw new IllegalArgumentException("fragment of " + count + " frames");
            }
            long ticks = 0;
            trun.position(12);
            for (int i = 0; i < count; i++) {
                ticks += trun.getInt() & 0xffffffffL;
                bytes += trun.getInt() & 0xffffffffL;
                trun.getLong();
            }
            Integer scale = init.scales().get(track);
            if (scale == null) {
                throw new IllegalArgumentException("track " + track + " is not in the header");
            }
            boolean video = track == init.videoTrack();
            frames += video ? count : 0;
            if (video || frames == 0) {
                decode = Math.round(begins * 1e6 / scale);
                micros = Math.round(ticks * 1e6 / scale);
            }
        }
        return new Movie(frames, decode, micros, bytes);
    }

    /** Size of the box of this type that stands whole at this place. */
    private long size(long at, String type) throws IOException {
        ByteBuffer header = read(at, Box.HEADER);
        long size = header.getInt() & 0xffffffffL;
        byte[] found = new byte[4];
        header.get(found);
        if (!type.equals(new String(found, StandardCharsets.ISO_8859_1)) || size < Box.HEADER || size > length - at) {
            throw new IllegalArgumentException("no whole " + type);
        }
        return size;
    }

    private ByteBuffer content(long at, long size) throws IOException {
        if (size > MAX_BOX) {
            throw new IllegalArgumentException("box of " + size + " bytes");
        }
        return read(at + Box.HEADER, (int) size - Box.HEADER);
    }

    private ByteBuffer read(long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IllegalArgumentException("file ends early");
            }
        }
        return bytes.flip();
    }

    /** NTP counts 32 bits of seconds; those below the half are of the era that begins in 2036. */
    private static long millis(int seconds, int fraction) {
        long unsigned = seconds & 0xffffffffL;
        long ntp = seconds >= 0 ? unsigned + (1L << 32) : unsigned;
        return (ntp - NTP_OFFSET) * 1_000 + (((fraction & 0xffffffffL) * 1_000 + (1L << 31)) >> 32);
    }
}

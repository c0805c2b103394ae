package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes messages and packets apart that travel together (RFC 2326, 10.12). Where neither begins, the next packet or
 * answer is searched. Holds at most one of them and one read. Owned by the stream's thread.
 */
final class RtspReader {
    /** Of a message's head, and between two things that can be read. */
    static final int MAX_HEAD = 64 * 1024;

    /** Of a message's body: descriptions have some kilobytes. */
    static final int MAX_BODY = 256 * 1024;

    private static final int FIRST_BUFFER = 128 * 1024;
    private static final int PREFIX = 4;
    private static final byte[] BLANK = {'\r', '\n', '\r', '\n'};

    private final Taker taker;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;
    /** No empty line begins between {@link #from} and here. */
    private int looked;

    private boolean searching;
    private int skipped;

    /** Where what comes goes. */
    interface Taker {
        /**
         * A packet of RTP or RTCP.
         *
         * @param channel 0 to 255
         * @param bytes hold it only during the call
         */
        void packet(int channel, byte[] bytes, int offset, int length);

        void message(RtspMessage message) throws IOException;

        /** Bytes that belong to nothing stood in between. */
        void desync();
    }

    RtspReader(Taker taker) {
        this.taker = taker;
    }

    /**
     * Reads once, and gives out all that is whole.
     *
     * @return false when there is no more to read
     * @throws ProtocolException when what comes is no RTSP
     */
    boolean read(InputStream in) throws IOException {
        room();
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        while (from < to && one()) {
            // One after the other.
        }
        return true;
    }

    /** Bytes that wait for the rest. */
    int unfinished() {
        return to - from;
    }

    private void room() {
        int size = to - from;
        if (size > 0 && to < buffer.length) {
            return;
        }
        byte[] wider = from > 0 || size == 0 ? buffer : new byte[2 * buffer.length];
        System.arraycopy(buffer, from, wider, 0, size);
        buffer = wider;
        looked = Math.max(0, looked - from);
        from = 0;
        to = size;
    }

    /** @return false when the rest is not there yet */
    private boolean one() throws IOException {
        if (buffer[from] == '$') {
            return packet();
        }
        boolean begins = searching ? buffer[from] == 'R' : buffer[from] >= 'A' && buffer[from] <= 'Z';
        if (begins) {
            return message();
        }
        skip(1);
        return true;
    }

    private boolean packet() {
        if (to - from < PREFIX) {
            return false;
        }
        int length = (buffer[from + 2] & 0xff) << 8 | buffer[from + 3] & 0xff;
        if (to - from < PREFIX + length) {
            return false;
        }
        int at = from + PREFIX;
        taken(at + length);
        taker.packet(buffer[at - 3] & 0xff, buffer, at, length);
        return true;
    }

    private boolean message() throws IOException {
        int end = blank();
        if (end < 0 || end - from > MAX_HEAD) {
            if (to - from <= MAX_HEAD) {
                return false;
            }
            skip(1);
            return true;
        }
        RtspMessage head;
        try {
            head = RtspMessage.head(new String(buffer, from, end - from, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            skip(end - from);
            return true;
        }
        int body = head.length();
        if (body < 0 || body > MAX_BODY) {
            throw new ProtocolException("a message with a body of " + head.header("content-length") + " bytes");
        }
        int at = end + BLANK.length;
        if (to - at < body) {
            return false;
        }
        taken(at + body);
        taker.message(head.with(Arrays.copyOfRange(buffer, at, at + body)));
        return true;
    }

    private void taken(int next) {
        from = next;
        searching = false;
        skipped = 0;
    }

    /** Where the head ends, -1 when its end is not there. */
    private int blank() {
        for (looked = Math.max(looked, from); looked + BLANK.length <= to; looked++) {
            if (buffer[looked] == '\r'
                    && Arrays.equals(buffer, looked, looked + BLANK.length, BLANK, 0, BLANK.length)) {
                return looked;
            }
        }
        return -1;
    }

    /** These are of nothing. */
    private void skip(int count) throws ProtocolException {
        if (skipped == 0) {
            taker.desync();
        }
        searching = true;
        from += count;
        skipped += count;
        if (skipped > MAX_HEAD) {
            throw new ProtocolException("what comes is no RTSP");
        }
    }
}

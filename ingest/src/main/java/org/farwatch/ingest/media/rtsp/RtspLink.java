package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection in which messages and packets travel together (RFC 2326, 10.12). One read takes whatever has come. Owned
 * by the stream's thread; an interrupt of that thread closes it.
 */
final class RtspLink implements AutoCloseable {
    /** Of a message's head, and between two things that can be read. */
    static final int MAX_HEAD = 64 * 1024;

    /** Of a message's body: descriptions have some kilobytes. */
    static final int MAX_BODY = 256 * 1024;

    private static final int FIRST_BUFFER = 128 * 1024;
    private static final int PREFIX = 4;
    private static final byte[] BLANK = {'\r', '\n', '\r', '\n'};

    private final SocketChannel channel;
    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;
    private long skipped;

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

    RtspLink(String host, int port, int millis) throws IOException {
        channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(new InetSocketAddress(host, port), millis);
            in = channel.socket().getInputStream();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** @throws ClosedByInterruptException when the thread was interrupted */
    void send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /**
     * Waits for something to come, and takes all of it that is whole.
     *
     * @return false when the other side has ended the connection
     * @throws SocketTimeoutException when nothing came
     * @throws ClosedByInterruptException when the thread was interrupted
     * @throws IOException also when what comes is no RTSP
     */
    boolean read(int millis, Taker taker) throws IOException {
        room();
        channel.socket().setSoTimeout(Math.max(1, millis));
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        while (from < to && one(taker)) {
            // One after the other.
        }
        return true;
    }

    private void room() {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            int size = to - from;
            byte[] wider = from > 0 ? buffer : new byte[2 * buffer.length];
            System.arraycopy(buffer, from, wider, 0, size);
            buffer = wider;
            from = 0;
            to = size;
        }
    }

    /** @return false when the rest is not there yet */
    private boolean one(Taker taker) throws IOException {
        if (buffer[from] == '$') {
            if (to - from < PREFIX) {
                return false;
            }
            int length = (buffer[from + 2] & 0xff) << 8 | buffer[from + 3] & 0xff;
            if (to - from < PREFIX + length) {
                return false;
            }
            int at = from + PREFIX;
            from = at + length;
            skipped = 0;
            taker.packet(buffer[at - 3] & 0xff, buffer, at, length);
            return true;
        }
        if (buffer[from] >= 'A' && buffer[from] <= 'Z') {
            return message(taker);
        }
        skip(taker);
        return true;
    }

    private boolean message(Taker taker) throws IOException {
        int end = blank();
        if (end < 0) {
            if (to - from > MAX_HEAD) {
                skip(taker);
                return true;
            }
            return false;
        }
        RtspMessage head;
        try {
            head = RtspMessage.head(new String(buffer, from, end - from, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            skip(taker);
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
        from = at + body;
        skipped = 0;
        taker.message(head.with(Arrays.copyOfRange(buffer, at, at + body)));
        return true;
    }

    /** Where the head ends, -1 when its end is not there. */
    private int blank() {
        for (int i = from; i + BLANK.length <= to; i++) {
            if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + BLANK.length, BLANK, 0, BLANK.length)) {
                return i;
            }
        }
        return -1;
    }

    /** What began here is nothing: goes on behind it, to where something may begin. */
    private void skip(Taker taker) throws IOException {
        if (skipped == 0) {
            taker.desync();
        }
        do {
            from++;
            skipped++;
        } while (from < to && buffer[from] != '$' && buffer[from] != 'R');
        if (skipped > MAX_HEAD) {
            throw new ProtocolException("what comes is no RTSP");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}

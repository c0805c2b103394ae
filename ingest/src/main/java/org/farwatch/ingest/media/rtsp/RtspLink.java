package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.media.rtp.RtpCounters;

/**
 * A connection to a camera, and ports beside it where its media come as datagrams. One read takes whatever has come.
 * Owned by the stream's thread; an interrupt of that thread ends a wait.
 */
final class RtspLink implements AutoCloseable {
    private final SocketChannel channel;
    private final RtspReader reader;
    private final RtspReader.Taker taker;
    private final RtpCounters counters;
    private InputStream in;
    /** Null while everything comes inside the connection. */
    private Datagrams datagrams;

    RtspLink(String host, int port, int millis, RtspReader.Taker taker, RtpCounters counters) throws IOException {
        this.taker = taker;
        this.counters = counters;
        reader = new RtspReader(taker);
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

    /** Until then, for a wait; milliseconds. @throws SocketTimeoutException when it is over */
    static int millis(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    static void quietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception _) {
            // It is gone either way.
        }
    }

    /**
     * @throws ClosedByInterruptException when the thread was interrupted
     * @throws IOException also where datagrams come, when the camera reads nothing until there is no room for more
     */
    void send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                throw new IOException("the camera reads nothing of its connection");
            }
        }
    }

    /**
     * Two ports on which another track's datagrams come, as if they came on this channel and the next.
     *
     * @param channel even
     * @return the first of the ports, even
     */
    int listen(int channel) throws IOException {
        if (datagrams == null) {
            datagrams = new Datagrams(this.channel, taker, counters);
            in = new Ready();
        }
        return datagrams.open(channel);
    }

    /** Datagrams come from there too. */
    void alsoFrom(InetAddress named) {
        Objects.requireNonNull(datagrams).alsoFrom(named);
    }

    /** Sends a datagram from the port of a channel. */
    void send(int channel, int port, byte[] bytes) throws IOException {
        Objects.requireNonNull(datagrams).send(channel, port, bytes);
    }

    /**
     * Waits for something to come, and takes all of it that is whole.
     *
     * @return false when the other side has ended the connection
     * @throws SocketTimeoutException when nothing came
     * @throws ClosedByInterruptException when the thread was interrupted
     * @throws IOException also when what comes is no RTSP
     */
    boolean read(int millis) throws IOException {
        if (datagrams == null) {
            channel.socket().setSoTimeout(Math.max(1, millis));
            return reader.read(in);
        }
        return switch (datagrams.await(Math.max(1, millis))) {
            case NOTHING -> throw new SocketTimeoutException();
            case DATAGRAMS -> true;
            case WORDS -> reader.read(in);
        };
    }

    @Override
    public void close() {
        quietly(channel);
        if (datagrams != null) {
            datagrams.close();
        }
    }

    /** What has come on the connection, without a wait. */
    private final class Ready extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}

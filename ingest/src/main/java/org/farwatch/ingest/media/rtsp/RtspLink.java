package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;

/**
 * A connection to a camera. One read takes whatever has come. Owned by the stream's thread; an interrupt of that thread
 * closes it.
 */
final class RtspLink implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final RtspReader reader;

    RtspLink(String host, int port, int millis, RtspReader.Taker taker) throws IOException {
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
    boolean read(int millis) throws IOException {
        channel.socket().setSoTimeout(Math.max(1, millis));
        return reader.read(in);
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

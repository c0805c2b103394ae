package org.farwatch.ingest.jt809;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port at which a city platform opens its slave link to us. One connection at a time: another is looked at when that
 * one has ended, or has not shown the code of our login in time. A thread of its own reads it.
 */
final class SlavePort implements AutoCloseable {
    private static final int MAX_FRAME = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(SlavePort.class);

    private final UpwardSettings settings;
    private final SuperiorMessages messages;
    private final UpwardTally tally;
    private final ServerSocket port;
    private volatile Socket connection;

    /** @throws IOException naming the port when it cannot be bound */
    SlavePort(UpwardSettings settings, SuperiorMessages messages, UpwardTally tally) throws IOException {
        this.settings = settings;
        this.messages = messages;
        this.tally = tally;
        port = new ServerSocket();
        try {
            port.setReuseAddress(true);
            port.bind(new InetSocketAddress(InetAddress.getByName(settings.bindHost()), settings.downPort()), 4);
        } catch (IOException e) {
            port.close();
            throw new IOException(
                    "cannot listen on %s, TCP port %d for the slave link: %s"
                            .formatted(settings.bindHost(), settings.downPort(), e.getMessage()),
                    e);
        }
        Thread.ofVirtual().name("jt809-slave-" + settings.id()).start(this::run);
    }

    private void run() {
        while (!port.isClosed()) {
            try (Socket socket = port.accept()) {
                connection = socket;
                serve(socket);
            } catch (IOException e) {
                LOG.debug("{}: the slave link ended: {}", settings.name(), e.getMessage());
            } finally {
                tally.slaveConnected = false;
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(settings.timing().patience().toMillis()));
        FrameReader reader = new FrameReader(MAX_FRAME);
        FrameWriter writer = messages.writer();
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[4096];
        boolean verified = false;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            int at = 0;
            while (at < count) {
                at = reader.read(chunk, at, count);
                if (!reader.complete() || !messages.readable(reader.frame())) {
                    continue;
                }
                Frame frame = reader.frame();
                boolean login = frame.messageId() == MessageId.DOWN_LOGIN;
                if (!verified && !login) {
                    throw new SocketTimeoutException("the first message must be 9001");
                }
                verified = login ? messages.verified(frame) : verified;
                socket.getOutputStream().write(messages.answer(frame, writer));
                if (!verified) {
                    throw new SocketTimeoutException("the code shown is not that of our login");
                }
                tally.slaveConnected = true;
            }
        }
    }

    int localPort() {
        return port.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(port);
        closeQuietly(connection);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            LOG.debug("a socket of the slave link did not close: {}", e.getMessage());
        }
    }
}

package org.farwatch.ingest.simulator.gb28181;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.farwatch.ingest.simulator.HeardSound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the sound of one call comes in: a port, and once it is listened to a thread of its own. */
final class Ear implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
    private static final int HEADER = 12;
    private static final int MAX_PACKET = 65_535;
    private static final int PATIENCE_MILLIS = 10_000;
    /** Silence behind which it is looked whether it was hung up. */
    private static final int LOOK_MILLIS = 100;

    private final HeardSound heard;
    private final boolean answers;
    private final DatagramSocket datagrams;
    private final ServerSocket listener;
    private volatile Socket connection;
    private volatile boolean listens;
    private volatile boolean closed;

    /** @param answers whether it sends what it hears back, as a microphone beside it would */
    Ear(Loudspeaker.Link link, HeardSound heard, boolean answers) throws IOException {
        this.heard = heard;
        this.answers = answers;
        datagrams = link == Loudspeaker.Link.UDP ? new DatagramSocket(0, InetAddress.getLoopbackAddress()) : null;
        listener = link == Loudspeaker.Link.LISTENS ? new ServerSocket(0, 1, InetAddress.getLoopbackAddress()) : null;
    }

    /** What stands in the description. */
    int port() {
        return datagrams != null ? datagrams.getLocalPort() : listener != null ? listener.getLocalPort() : 9;
    }

    /** @param platform where it is connected to, if it connects */
    void listen(InetSocketAddress platform) {
        listens = true;
        Thread.ofPlatform().name("gb-ear").daemon().start(() -> {
            try {
                if (datagrams != null) {
                    hearDatagrams();
                } else {
                    connect(platform);
                    hearConnection();
                }
            } catch (IOException e) {
                LOG.debug("nothing more is heard: {}", e.getMessage());
            } finally {
                letGo();
            }
        });
    }

    private void connect(InetSocketAddress platform) throws IOException {
        if (listener != null) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            connection = listener.accept();
        } else {
            connection = new Socket(platform.getAddress(), platform.getPort());
        }
        connection.setSoTimeout(LOOK_MILLIS);
    }

    private void hearDatagrams() throws IOException {
        byte[] room = new byte[MAX_PACKET];
        datagrams.setSoTimeout(LOOK_MILLIS);
        while (true) {
            DatagramPacket packet = new DatagramPacket(room, room.length);
            try {
                datagrams.receive(packet);
            } catch (SocketTimeoutException e) {
                hangUp(e);
                continue;
            }
            hear(room, packet.getLength());
            if (answers) {
                datagrams.send(packet);
            }
        }
    }

    private void hearConnection() throws IOException {
        InputStream in = connection.getInputStream();
        byte[] room = new byte[MAX_PACKET];
        while (true) {
            fill(in, room, 2);
            int length = (room[0] & 0xff) << 8 | room[1] & 0xff;
            fill(in, room, length);
            hear(room, length);
        }
    }

    private void fill(InputStream in, byte[] room, int length) throws IOException {
        int filled = 0;
        while (filled < length) {
            try {
                int read = in.read(room, filled, length - filled);
                if (read < 0) {
                    throw new EOFException();
                }
                filled += read;
            } catch (SocketTimeoutException e) {
                hangUp(e);
            }
        }
    }

    /** Once nothing more comes. */
    private void hangUp(SocketTimeoutException nothing) throws SocketTimeoutException {
        if (closed) {
            throw nothing;
        }
    }

    private void hear(byte[] packet, int length) {
        if (length > HEADER && (packet[0] & 0xC0) == 0x80) {
            heard.add(packet[1] & 0x7F, packet, HEADER, length - HEADER);
        }
    }

    /** What has come already is heard still: hanging up overtakes it. */
    @Override
    public void close() {
        closed = true;
        if (!listens || connection == null && listener != null) {
            letGo();
        }
    }

    private void letGo() {
        try {
            if (datagrams != null) {
                datagrams.close();
            }
            if (listener != null) {
                listener.close();
            }
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

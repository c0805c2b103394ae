package org.farwatch.ingest.simulator.gb28181;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.farwatch.ingest.simulator.HeardSound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the sound of one call comes in: a port, and once it is listened to a thread of its own. */
final class Ear implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
    private static final int HEADER = 12;
    private static final int MAX_PACKET = 65_535;
    private static final int PATIENCE_MILLIS = 10_000;

    private final HeardSound heard;
    private final boolean answers;
    private final DatagramSocket datagrams;
    private final ServerSocket listener;
    private volatile Socket connection;
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
        if (closed) {
            connection.close();
        }
    }

    private void hearDatagrams() throws IOException {
        byte[] room = new byte[MAX_PACKET];
        while (!closed) {
            DatagramPacket packet = new DatagramPacket(room, room.length);
            datagrams.receive(packet);
            hear(room, packet.getLength());
            if (answers) {
                datagrams.send(packet);
            }
        }
    }

    private void hearConnection() throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] room = new byte[MAX_PACKET];
        while (!closed) {
            int length = in.readUnsignedShort();
            in.readFully(room, 0, length);
            hear(room, length);
        }
    }

    private void hear(byte[] packet, int length) {
        if (length > HEADER && (packet[0] & 0xC0) == 0x80) {
            heard.add(packet[1] & 0x7F, packet, HEADER, length - HEADER);
        }
    }

    @Override
    public void close() {
        closed = true;
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

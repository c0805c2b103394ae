package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;

/**
 * Ports to which a camera sends its tracks (RFC 2326, C.1.1): of each track an even one for packets and the next for
 * reports. Takes datagrams of the camera's own address and of one that it names for them, and of nobody else. Waits for
 * them and for the connection beside them at once. Owned by the stream's thread.
 */
final class Datagrams implements AutoCloseable {
    /** Pairs that are tried before it is given up: some are taken by others. */
    private static final int TRIES = 32;

    /** Datagrams of a port that are read before others have their turn. */
    private static final int IN_A_ROW = 64;

    private static final int LARGEST = 65_535;
    /** What the kernel keeps where it may: half a second of 16 Mb/s. */
    private static final int KEPT = 1024 * 1024;

    private final Selector selector;
    private final InetAddress local;
    private final InetAddress camera;
    /** The camera's own address, and one that it has named. */
    private final Set<InetAddress> senders = new HashSet<>();

    private final RtspReader.Taker taker;
    private final RtpCounters counters;
    private final List<Port> ports = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

    /** What a wait has brought. */
    enum Came {
        NOTHING,
        DATAGRAMS,
        /** Something on the connection, whatever else. */
        WORDS
    }

    /** @param channel the number that its packets would have inside the connection */
    private record Port(int channel, DatagramChannel socket) {}

    /** @param connection is not blocking from now on */
    Datagrams(SocketChannel connection, RtspReader.Taker taker, RtpCounters counters) throws IOException {
        this.taker = taker;
        this.counters = counters;
        local = ((InetSocketAddress) connection.getLocalAddress()).getAddress();
        camera = ((InetSocketAddress) connection.getRemoteAddress()).getAddress();
        senders.add(camera);
        selector = Selector.open();
        try {
            connection.configureBlocking(false);
            connection.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Two ports for another track.
     *
     * @param channel of its packets, even; its reports have the next
     * @return the first of them, even
     */
    int open(int channel) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            DatagramChannel packets = bound(0);
            int port = ((InetSocketAddress) packets.getLocalAddress()).getPort();
            DatagramChannel reports = null;
            try {
                reports = port % 2 == 0 ? bound(port + 1) : null;
            } catch (BindException _) {
                // Somebody has it.
            }
            if (reports != null) {
                add(channel, packets);
                add(channel + 1, reports);
                return port;
            }
            packets.close();
        }
        throw new IOException("no two ports for datagrams");
    }

    private DatagramChannel bound(int port) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, KEPT);
            return socket.bind(new InetSocketAddress(local, port));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void add(int channel, DatagramChannel socket) throws IOException {
        Port port = new Port(channel, socket);
        ports.add(port);
        socket.register(selector, SelectionKey.OP_READ, port);
    }

    /** The camera has named another address from which it sends. */
    void alsoFrom(InetAddress named) {
        senders.add(named);
    }

    /** Sends one to a port of the camera, from the port of that channel; what does not go is gone. */
    void send(int channel, int port, byte[] bytes) throws IOException {
        for (Port own : ports) {
            if (own.channel() == channel) {
                try {
                    int _ = own.socket().send(ByteBuffer.wrap(bytes), new InetSocketAddress(camera, port));
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException _) {
                    // It says no more than that somebody is there.
                }
            }
        }
    }

    /**
     * Waits until something comes, and gives out the datagrams that did.
     *
     * @throws ClosedByInterruptException when the thread was interrupted; nothing is closed then
     */
    Came await(int millis) throws IOException {
        int ready = selector.select(millis);
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        if (ready == 0) {
            return Came.NOTHING;
        }
        Came came = Came.DATAGRAMS;
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Port port) {
                read(port);
            } else {
                came = Came.WORDS;
            }
        }
        selector.selectedKeys().clear();
        return came;
    }

    private void read(Port port) throws IOException {
        for (int i = 0; i < IN_A_ROW; i++) {
            buffer.clear();
            if (!(port.socket().receive(buffer) instanceof InetSocketAddress from)) {
                return;
            }
            if (senders.contains(from.getAddress())) {
                taker.packet(port.channel(), buffer.array(), 0, buffer.position());
            } else {
                counters.count(Count.FOREIGN);
            }
        }
    }

    @Override
    public void close() {
        for (Port port : ports) {
            RtspLink.quietly(port.socket());
        }
        RtspLink.quietly(selector);
    }
}

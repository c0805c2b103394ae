package org.farwatch.ingest.simulator.gb28181;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Sends a stream's packets (RFC 3550), over TCP behind their length (RFC 4571). Owned by the stream's thread. */
final class RtpSender implements AutoCloseable {
    private static final int PAYLOAD = 1_300;
    private static final int HEADER = 12;
    private static final int PS = 96;

    private final long ssrc;
    private final InetSocketAddress receiver;
    private final DatagramSocket datagrams;
    private final ServerSocket listener;
    private Socket connection;
    private int sequence = 65_000;

    /** How packets travel, as the platform's offer has it. */
    enum Way {
        UDP,
        /** The platform listens. */
        PASSIVE,
        /** The platform connects to us. */
        ACTIVE
    }

    RtpSender(Way way, InetSocketAddress receiver, long ssrc) throws IOException {
        this.ssrc = ssrc;
        this.receiver = receiver;
        datagrams = way == Way.UDP ? new DatagramSocket(0, InetAddress.getLoopbackAddress()) : null;
        listener = way == Way.ACTIVE ? new ServerSocket(0, 1, InetAddress.getLoopbackAddress()) : null;
    }

    /** What stands in the answer. */
    int port() {
        return datagrams != null ? datagrams.getLocalPort() : listener != null ? listener.getLocalPort() : 9;
    }

    /** Waits for the connection, where there is one. */
    void connect() throws IOException {
        if (listener != null) {
            listener.setSoTimeout(10_000);
            connection = listener.accept();
        } else if (datagrams == null) {
            connection = new Socket(receiver.getAddress(), receiver.getPort());
        }
    }

    void send(byte[] unit, long stamp) throws IOException {
        for (int at = 0; at < unit.length; at += PAYLOAD) {
            int size = Math.min(PAYLOAD, unit.length - at);
            ByteBuffer packet = ByteBuffer.allocate(2 + HEADER + size);
            packet.putShort((short) (HEADER + size));
            packet.put((byte) 0x80);
            packet.put((byte) (at + size == unit.length ? 0x80 | PS : PS));
            packet.putShort((short) sequence++);
            packet.putInt((int) stamp);
            packet.putInt((int) ssrc);
            packet.put(unit, at, size);
            if (datagrams != null) {
                datagrams.send(new DatagramPacket(packet.array(), 2, HEADER + size, receiver));
            } else {
                OutputStream out = connection.getOutputStream();
                out.write(packet.array());
            }
        }
    }

    @Override
    public void close() {
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

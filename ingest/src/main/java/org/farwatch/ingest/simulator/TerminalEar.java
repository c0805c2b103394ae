package org.farwatch.ingest.simulator;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.jt1078.PacketWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media link of a talk or broadcast. Packets are read without the reader that the service uses: what one gets wrong
 * the other shows.
 */
final class TerminalEar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalEar.class);
    private static final int MARK = 0x30316364;
    private static final int BEFORE_SIM = 8;
    private static final int AFTER_SIM = 12;
    private static final int SOUND = 3;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int FRAME = 320;
    private static final long FRAME_MILLIS = 40;
    private static final int MAX_DATAGRAM = 65_535;

    private final int simBytes;
    private final HeardSound heard;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Socket connection;
    private volatile DatagramSocket datagrams;

    TerminalEar(int simBytes, HeardSound heard) {
        this.simBytes = simBytes;
        this.heard = heard;
    }

    /**
     * Opens the link.
     *
     * @param speaks sends its own silence; null for one that only listens
     * @param over called on its thread when the link is closed
     */
    void start(InetSocketAddress server, boolean tcp, PacketWriter speaks, int channel, int codec, Runnable over) {
        Thread.ofVirtual().name("terminal-ear-" + channel).start(() -> {
            try {
                if (tcp) {
                    connection = new Socket();
                    connection.connect(server, CONNECT_MILLIS);
                } else {
                    datagrams = new DatagramSocket();
                }
                if (speaks != null) {
                    Thread.ofVirtual().start(() -> speak(server, speaks, channel, codec));
                }
                if (tcp) {
                    hearConnection();
                } else {
                    hearDatagrams();
                }
            } catch (IOException e) {
                LOG.debug("channel {}: nothing more is heard: {}", channel, e.getMessage());
            } finally {
                close();
                over.run();
            }
        });
    }

    private void speak(InetSocketAddress server, PacketWriter writer, int channel, int codec) {
        try {
            for (long stamp = 0; ; stamp += FRAME_MILLIS) {
                byte[] packet = writer.sound(channel, codec, stamp, new byte[FRAME]);
                if (connection != null) {
                    connection.getOutputStream().write(packet);
                } else {
                    datagrams.send(new DatagramPacket(packet, packet.length, server));
                }
                if (closed.await(FRAME_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("channel {}: says nothing more: {}", channel, e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hearConnection() throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] head = new byte[BEFORE_SIM + simBytes + AFTER_SIM];
        while (closed.getCount() > 0) {
            in.readFully(head);
            byte[] sound = new byte[length(head)];
            in.readFully(sound);
            hear(head, sound, 0);
        }
    }

    private void hearDatagrams() throws IOException {
        byte[] room = new byte[MAX_DATAGRAM];
        int head = BEFORE_SIM + simBytes + AFTER_SIM;
        while (closed.getCount() > 0) {
            DatagramPacket packet = new DatagramPacket(room, room.length);
            datagrams.receive(packet);
            if (packet.getLength() == head + length(room)) {
                hear(room, room, head);
            }
        }
    }

    private int length(byte[] head) throws IOException {
        ByteBuffer fields = ByteBuffer.wrap(head);
        int kind = head[BEFORE_SIM + simBytes + 1] >> 4;
        if (fields.getInt() != MARK || kind != SOUND) {
            throw new IOException("no packet of sound");
        }
        return fields.getShort(BEFORE_SIM + simBytes + AFTER_SIM - 2) & 0xFFFF;
    }

    private void hear(byte[] head, byte[] sound, int at) throws IOException {
        heard.add(head[5] & 0x7F, sound, at, length(head));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (connection != null) {
                connection.close();
            }
            if (datagrams != null) {
                datagrams.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

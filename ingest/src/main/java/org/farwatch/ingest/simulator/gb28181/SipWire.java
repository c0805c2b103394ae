package org.farwatch.ingest.simulator.gb28181;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device's side of the SIP port, UDP or TCP; a thread of its own reads and tells. */
final class SipWire implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_507;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final DatagramSocket datagrams;
    private final Socket connection;
    private final InetSocketAddress platform;

    SipWire(InetSocketAddress platform, boolean tcp, InetAddress from, Consumer<SipText> told) throws IOException {
        this.platform = platform;
        connection = tcp ? new Socket(platform.getAddress(), platform.getPort(), from, 0) : null;
        datagrams = tcp ? null : new DatagramSocket(0, from);
        Thread.ofPlatform().name("gb-device").daemon().start(() -> {
            try {
                if (tcp) {
                    readStream(told);
                } else {
                    readDatagrams(told);
                }
            } catch (IOException _) {
                // Closed.
            }
        });
    }

    int port() {
        return connection == null ? datagrams.getLocalPort() : connection.getLocalPort();
    }

    String token() {
        return connection == null ? "UDP" : "TCP";
    }

    synchronized void send(SipText message) {
        byte[] bytes = message.bytes();
        try {
            if (connection == null) {
                datagrams.send(new DatagramPacket(bytes, bytes.length, platform));
            } else {
                connection.getOutputStream().write(bytes);
            }
        } catch (SocketException _) {
            // Closed: nobody is told anything more.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void readDatagrams(Consumer<SipText> told) throws IOException {
        byte[] room = new byte[MAX_DATAGRAM];
        while (!datagrams.isClosed()) {
            DatagramPacket packet = new DatagramPacket(room, room.length);
            datagrams.receive(packet);
            byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            if (bytes.length > 4) {
                told.accept(SipText.read(bytes));
            }
        }
    }

    private void readStream(Consumer<SipText> told) throws IOException {
        InputStream in = connection.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.isBlank()) {
                head.reset();
            } else if (text.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
                head.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
                told.accept(SipText.read(head.toByteArray()));
                head.reset();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (connection == null) {
                datagrams.close();
            } else {
                connection.close();
            }
        } catch (SocketException _) {
            // Is closed then.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;

/** A terminal of the tests: a plain socket, one thread. */
final class WireClient implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 5_000;
    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final int QUIET_MILLIS = 200;

    private final Socket socket = new Socket();
    private final FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
    private final ArrayDeque<Seen> frames = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];
    private final Layout layout;
    private final String phone;
    private int serial;

    WireClient(InetSocketAddress server, Layout layout, String phone) throws IOException {
        this.layout = layout;
        this.phone = phone;
        socket.setTcpNoDelay(true);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(server, TIMEOUT_MILLIS);
    }

    Socket socket() {
        return socket;
    }

    void send(byte[] wire) throws IOException {
        socket.getOutputStream().write(wire);
        socket.getOutputStream().flush();
    }

    /** Sends a message of this terminal. @return its serial */
    int send(int messageId, String bodyHex) throws IOException {
        return send(phone, messageId, bodyHex);
    }

    /** Sends a message of any terminal over this connection. @return its serial */
    int send(String ofPhone, int messageId, String bodyHex) throws IOException {
        send(wire(layout, ofPhone, messageId, serial, Hex.bytes(bodyHex)));
        return serial++ & 0xFFFF;
    }

    static byte[] wire(Layout layout, String phone, int messageId, int serial, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        new FrameWriter().begin(messageId, layout, phone, serial).putBytes(body).end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        return wire;
    }

    /** The next frame from the platform. */
    Seen receive() throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        while (frames.isEmpty()) {
            fill();
        }
        return frames.poll();
    }

    /** The next frame as {@code 8001 serial id result} in hex of its body. */
    String reply() throws IOException {
        Seen frame = receive();
        if (frame.fault() != null) {
            throw new IOException("bad frame from the platform: " + frame.reason());
        }
        return "%04x %s".formatted(frame.messageId(), Hex.text(frame.body()));
    }

    /** How a general reply to this message of ours looks in {@link #reply()}. */
    static String general(int serial, int messageId, int result) {
        return "8001 %04x%04x%02x".formatted(serial, messageId, result);
    }

    /** Whether nothing comes for a while. */
    boolean quiet() throws IOException {
        socket.setSoTimeout(QUIET_MILLIS);
        try {
            while (frames.isEmpty()) {
                fill();
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    /** Waits until the platform closes the connection. */
    void awaitClosed() throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        InputStream in = socket.getInputStream();
        int n = in.read(buffer);
        while (n >= 0) {
            n = in.read(buffer);
        }
    }

    /** Registers with some plausible fields and authenticates with the code given. */
    String logIn() throws IOException {
        send(MessageId.REGISTER, registration());
        byte[] reply = receive().body();
        String code = new String(Arrays.copyOfRange(reply, 3, reply.length), Charset.forName("GBK"));
        authenticate(code);
        return code;
    }

    String authenticate(String code) throws IOException {
        byte[] bytes = code.getBytes(Charset.forName("GBK"));
        String body = Hex.text(bytes);
        if (layout == Layout.V2019) {
            body = "%02x".formatted(bytes.length) + body + "31".repeat(15) + "00".repeat(20);
        }
        send(MessageId.AUTHENTICATE, body);
        return reply();
    }

    String registration() {
        String plate = Hex.text("沪A12345".getBytes(Charset.forName("GBK")));
        return switch (layout) {
            case V2011 -> "001f 0073" + "31".repeat(5) + "4d32303131202020" + "32".repeat(7) + "01" + plate;
            case V2013 -> "001f 0073" + "31".repeat(5) + "4d32303133" + "00".repeat(15) + "32".repeat(7) + "01" + plate;
            case V2019 ->
                "001f 0073" + "31".repeat(11) + "00".repeat(25) + "4d32303139" + "32".repeat(30) + "01" + plate;
        };
    }

    private void fill() throws IOException {
        int n = socket.getInputStream().read(buffer);
        if (n < 0) {
            throw new EOFException("closed by the platform");
        }
        int at = 0;
        while (at < n) {
            at = reader.read(buffer, at, n);
            if (reader.complete()) {
                frames.add(Seen.of(reader.frame()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

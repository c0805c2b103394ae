package org.farwatch.api.terminals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameReader;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;

/** A terminal of 2013 over a real socket, message by message. */
public final class WiredTerminal implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PACKAGE_BYTES = 900;

    private final String phone;
    private final Socket socket;
    private final FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
    private final FrameWriter writer = new FrameWriter();
    private final Queue<String> replies = new ArrayDeque<>();
    private final byte[] buffer = new byte[4096];
    private int serial;

    public WiredTerminal(RunningService service, String phone) throws IOException {
        this.phone = phone;
        socket = new Socket(InetAddress.getLoopbackAddress(), service.port("JT/T 808"));
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** @return its serial */
    public int send(int messageId, byte[] body) throws IOException {
        ByteBuf out = Unpooled.buffer();
        writer.begin(messageId, Layout.V2013, phone, serial).putBytes(body).end(out);
        write(out);
        return serial++;
    }

    /** Sends a long message in as many packages as it takes. */
    public void sendLong(int messageId, byte[] body) throws IOException {
        int total = (body.length + PACKAGE_BYTES - 1) / PACKAGE_BYTES;
        for (int index = 1; index <= total; index++) {
            int from = (index - 1) * PACKAGE_BYTES;
            ByteBuf out = Unpooled.buffer();
            writer.begin(messageId, Layout.V2013, phone, serial++)
                    .ofPackages(total, index)
                    .putBytes(body, from, Math.min(PACKAGE_BYTES, body.length - from))
                    .end(out);
            write(out);
        }
    }

    private void write(ByteBuf out) throws IOException {
        socket.getOutputStream().write(out.array(), out.arrayOffset(), out.readableBytes());
    }

    /** The next message of the platform: id, then its body, in hexadecimal digits. */
    String reply() throws IOException {
        while (replies.isEmpty()) {
            int n = socket.getInputStream().read(buffer);
            if (n < 0) {
                throw new EOFException("closed by the platform");
            }
            int at = 0;
            while (at < n) {
                at = reader.read(buffer, at, n);
                if (reader.complete()) {
                    Frame frame = reader.frame();
                    int from = frame.bodyOffset();
                    replies.add("%04x %s"
                            .formatted(
                                    frame.messageId(),
                                    HexFormat.of().formatHex(frame.bytes(), from, from + frame.bodyLength())));
                }
            }
        }
        return replies.remove();
    }

    /** Reads until a reply begins so. */
    public String until(String beginning) throws IOException {
        String reply = reply();
        while (!reply.startsWith(beginning)) {
            reply = reply();
        }
        return reply;
    }

    /** Registers. @return the code */
    public String register() throws IOException {
        byte[] body = new byte[37 + 8];
        Arrays.fill(body, 4, 36, (byte) 'x');
        System.arraycopy("A1234567".getBytes(StandardCharsets.US_ASCII), 0, body, 37, 8);
        send(MessageId.REGISTER, body);
        String reply = until("8100");
        return new String(HexFormat.of().parseHex(reply.substring(5 + 6)), StandardCharsets.US_ASCII);
    }

    /** Shows a code. @return the result: 0 let in, 1 refused */
    public int authenticate(String code) throws IOException {
        int mine = send(MessageId.AUTHENTICATE, code.getBytes(StandardCharsets.US_ASCII));
        String beginning = "8001 %04x0102".formatted(mine);
        return Integer.parseInt(until(beginning).substring(beginning.length()), 16);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

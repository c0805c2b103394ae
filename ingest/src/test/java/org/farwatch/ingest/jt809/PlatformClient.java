package org.farwatch.ingest.jt809;

import java.io.IOException;
import java.net.Socket;
import java.time.Clock;

/** A lower platform by hand: sends what a test says and reads what comes back. */
final class PlatformClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final FrameReader reader = new FrameReader(65_536);
    private final byte[] one = new byte[1];
    final FrameWriter writer;

    PlatformClient(int port, Edition edition, BodyCipher cipher) throws IOException {
        this(port, edition, cipher, House.ACCESS_CODE);
    }

    PlatformClient(int port, Edition edition, BodyCipher cipher, long accessCode) throws IOException {
        socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        writer = new FrameWriter(edition, accessCode, cipher, Clock.systemUTC());
    }

    PlatformClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next frame; null when the connection was closed. */
    Frame frame() throws IOException {
        while (socket.getInputStream().read(one) == 1) {
            reader.read(one, 0, 1);
            if (reader.complete()) {
                return reader.frame();
            }
        }
        return null;
    }

    /** Logs in without a slave link. @return the result */
    int login(Edition edition, long userId, String password) throws IOException {
        return login(edition, new Login(userId, password, "", 0));
    }

    int login(Edition edition, Login login) throws IOException {
        send(login.write(writer, edition, House.ACCESS_CODE));
        Frame reply = frame();
        reply.edition(edition);
        if (reply.messageId() != MessageId.LOGIN_REPLY) {
            throw new AssertionError("not a reply to a login: %04x".formatted(reply.messageId()));
        }
        return Wire.octet(reply.bytes(), reply.bodyOffset());
    }

    byte[] vehicle(String plate, int colour, int sub, byte[] data) {
        return writer.begin(MessageId.VEHICLE)
                .putText(plate, 21)
                .putByte(colour)
                .putWord(sub)
                .putDword(data.length)
                .putBytes(data)
                .end();
    }

    /** Waits until everything sent before was read there. */
    void fence() throws IOException {
        send(writer.begin(MessageId.KEEPALIVE).end());
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.messageId() == MessageId.KEEPALIVE_REPLY) {
                return;
            }
        }
        throw new AssertionError("closed instead of an answer to the keepalive");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package org.farwatch.ingest.simulator.camera;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An RTSP client that says exactly what it is told to. */
final class RtspPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int cseq;

    /** @param headers by name in small letters */
    record Answer(int status, Map<String, String> headers, String body) {
        String session() {
            return headers.get("session").split(";", 2)[0];
        }
    }

    /** An interleaved packet: RTP on even channels, RTCP on odd ones. */
    record Packet(int channel, byte[] bytes) {
        int sequence() {
            return (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        }

        int timestamp() {
            return (bytes[4] & 0xff) << 24 | (bytes[5] & 0xff) << 16 | (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        }

        boolean marker() {
            return (bytes[1] & 0x80) != 0;
        }

        /** Of the NAL unit that it is or belongs to. */
        int nalType() {
            int type = bytes[12] & 0x1f;
            return type == 28 ? bytes[13] & 0x1f : type;
        }
    }

    /** @param receiveBuffer bytes that the kernel keeps for this client, 0 for its own choice */
    RtspPeer(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    }

    /** @param headers lines as they are sent */
    Answer ask(String method, String uri, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + uri + " RTSP/1.0\r\nCSeq: " + ++cseq + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        send(request + "\r\n");
        return answer();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next answer; packets in front of it are passed over. */
    Answer answer() throws IOException {
        int first = in.read();
        while (first == '$') {
            rest();
            first = in.read();
        }
        if (first < 0) {
            throw new IOException("the server has ended the connection");
        }
        String status = (char) first + line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    Packet packet() throws IOException {
        int first = in.read();
        if (first != '$') {
            throw new IOException("no packet but " + first);
        }
        return rest();
    }

    boolean ended() throws IOException {
        return in.read() < 0;
    }

    /** As far as pictures. */
    Answer watch(String uri) throws IOException {
        Answer set = ask("SETUP", uri + "/track1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        return ask("PLAY", uri, "Session: " + set.session());
    }

    private Packet rest() throws IOException {
        int channel = in.readUnsignedByte();
        return new Packet(channel, in.readNBytes(in.readUnsignedShort()));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the answer ends early: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package org.farwatch.ingest.media.pull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An RTSP server (RFC 2326) that does what a test wants, also what no camera should: each request is answered by the
 * test's own words, and after PLAY the test sends RTP inside the connection.
 */
final class TestCamera implements AutoCloseable {
    /** Of the pictures and of the sound, as SETUP is answered. */
    static final int PICTURES = 0;

    static final int SOUND = 2;

    /** At the end of an answer: the connection is closed behind it. */
    static final String HANG_UP = "\u0004";

    /** Clocks of RTP begin anywhere (RFC 3550, 5.1); libavformat takes 0 for none. */
    private static final int FIRST_STAMP = 1_234_567;

    private final ServerSocket server = listen();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String description;
    private final Answer answer;
    private final Show show;

    /** Says what a request is answered, null for the usual. */
    interface Answer {
        String to(String method, String url, Map<String, String> headers);
    }

    /** Sends what is to be seen. */
    interface Show {
        void to(Link link) throws IOException;
    }

    private TestCamera(String description, Answer answer, Show show) {
        this.description = description;
        this.answer = answer;
        this.show = show;
        Thread.ofPlatform().daemon().name("test-camera").start(this::accept);
    }

    /** @param description SDP (RFC 4566) of the media, from the first m= line on */
    static TestCamera showing(String description, Show show) {
        return new TestCamera(description, (_, _, _) -> null, show);
    }

    static TestCamera answering(Answer answer) {
        return new TestCamera("", answer, _ -> {});
    }

    /** Answers as a test wants, and shows something all the same. */
    static TestCamera of(String description, Answer answer, Show show) {
        return new TestCamera(description, answer, show);
    }

    /** Says this when it is asked what it has. */
    static TestCamera describing(String answer) {
        return answering((method, _, _) -> method.equals("DESCRIBE") ? answer : null);
    }

    /** H.264, its parameter sets not said: libavformat fetches it. */
    static String h264() {
        return "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n"
                + "a=control:pictures\r\n";
    }

    /** H.264 with its parameter sets, as cameras have it. */
    static String h264(Scene scene) {
        return h264().replace("mode=1", "mode=1;sprop-parameter-sets=" + scene.parameterSets());
    }

    static String alaw() {
        return "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:sound\r\n";
    }

    String url() {
        return "rtsp://127.0.0.1:" + server.getLocalPort() + "/live";
    }

    /** Methods that were asked for. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection of one who watches. */
    final class Link {
        private final OutputStream out;
        private final int[] numbers = new int[4];

        private Link(OutputStream out) {
            this.out = out;
        }

        /**
         * Sends one RTP packet (RFC 3550, 5.1).
         *
         * @param track {@link #PICTURES} or {@link #SOUND}
         * @param stamp in ticks of the track
         * @param last whether the picture is complete with it
         */
        void rtp(int track, int type, long stamp, boolean last, byte[] payload) throws IOException {
            ByteBuffer packet = ByteBuffer.allocate(16 + payload.length);
            packet.put((byte) '$').put((byte) track).putShort((short) (12 + payload.length));
            packet.put((byte) 0x80).put((byte) (type | (last ? 0x80 : 0))).putShort((short) numbers[track]++);
            packet.putInt((int) (stamp + FIRST_STAMP)).putInt(0x1234 + track).put(payload);
            raw(packet.array());
        }

        /** Leaves so many numbers of packets out; fewer than none begin anew. */
        void skip(int track, int count) {
            numbers[track] += count;
        }

        /** Sends the NAL units of a picture. */
        void picture(long stamp, List<byte[]> units) throws IOException {
            for (int i = 0; i < units.size(); i++) {
                rtp(PICTURES, 96, stamp, i + 1 == units.size(), units.get(i));
            }
        }

        void raw(byte[] bytes) throws IOException {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        }

        /** Waits as a camera does between two pictures. @return false when the test is over */
        boolean pause(long millis) {
            try {
                return !closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Keeps the connection and says nothing more. */
        void fallSilent() {
            pause(60_000);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofPlatform().daemon().name("test-camera-link").start(() -> serve(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = connection.getOutputStream();
            String line = in.readLine();
            while (line != null) {
                String[] words = line.split(" ", 3);
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    String[] pair = header.split(":", 2);
                    headers.put(pair[0], pair.length > 1 ? pair[1].strip() : "");
                }
                requests.add(words[0]);
                String said = answer.to(words[0], words.length > 1 ? words[1] : "", headers);
                String text = said == null ? usual(words[0], words[1]) : said;
                synchronized (out) {
                    out.write(text.replace("{cseq}", headers.getOrDefault("CSeq", "0"))
                            .replace(HANG_UP, "")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
                if (text.endsWith(HANG_UP)) {
                    return;
                }
                if (words[0].equals("PLAY")) {
                    show.to(new Link(out));
                    return;
                }
                line = in.readLine();
            }
        } catch (IOException _) {
            // He who watched is gone.
        }
    }

    private String usual(String method, String url) {
        String head = "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n";
        return switch (method) {
            case "DESCRIBE" -> {
                String body = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=test\r\nt=0 0\r\n" + description;
                yield head + "Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            }
            case "SETUP" ->
                head + "Session: 7\r\nTransport: RTP/AVP/TCP;unicast;interleaved="
                        + (url.endsWith("sound") ? "2-3" : "0-1") + "\r\n\r\n";
            case "PLAY" -> head + "Session: 7\r\nRange: npt=0.000-\r\n\r\n";
            default -> head + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
        };
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.farwatch.benchmarks.video;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Programs that watch one stream, in a process of their own, each a thread with a socket that counts frames (RFC 6455,
 * clause 5.2) and throws them away. Run as {@code Watching <url> <authorization> <stream> <viewers>}; prints "ready" when
 * all get pictures and, at the end of its input, the bytes a second that came to all. The JDK's own client says
 * "Unexpected rsv2 bit" of the same bytes when sixteen of its sockets read them at once.
 */
final class Watching {
    private static final int BINARY = 2;
    private static final int BUFFER = 1 << 16;

    private final URI address;
    private final String authorization;
    private final AtomicLong bytes = new AtomicLong();
    private final CountDownLatch running;

    private Watching(URI address, String authorization, int viewers) {
        this.address = address;
        this.authorization = authorization;
        this.running = new CountDownLatch(viewers);
    }

    public static void main(String[] arguments) throws Exception {
        int viewers = Integer.parseInt(arguments[3]);
        URI address = URI.create(arguments[0] + "/api/v1/streams/" + arguments[2] + "/live?purpose=drill");
        Watching all = new Watching(address, arguments[1], viewers);
        for (int i = 0; i < viewers; i++) {
            Thread.ofPlatform().daemon().name("viewer-" + i).start(all::watch);
        }
        all.running.await();
        long began = System.nanoTime();
        long before = all.bytes.get();
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "%.1f%n", (all.bytes.get() - before) / seconds);
        System.exit(0);
    }

    private void watch() {
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER))) {
            socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
            upgraded(in);
            boolean first = true;
            while (true) {
                int head = in.readUnsignedShort();
                long length = head & 0x7f;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                in.skipNBytes(length);
                bytes.addAndGet(length);
                if (first && (head >> 8 & 0xf) == BINARY) {
                    first = false;
                    running.countDown();
                }
            }
        } catch (IOException e) {
            System.err.println("watching: " + e);
            System.exit(1);
        }
    }

    private String request() {
        String key = Base64.getEncoder().encodeToString(new byte[16]);
        return "GET " + address.getRawPath() + "?" + address.getRawQuery() + " HTTP/1.1\r\nHost: "
                + address.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: " + authorization
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n\r\n";
    }

    private static void upgraded(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head.toString().lines().findFirst().orElse("nothing"));
        }
    }
}

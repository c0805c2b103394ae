package org.farwatch.ingest.media.pull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The only way of a source's HTTP: a proxy (RFC 9110, 7.3.2 and 9.3.6) on the loopback interface. libavformat follows
 * redirections and the addresses of play lists without asking; through this it comes only to the hosts it may come to,
 * and is answered 403 for others. One request on each connection. Owned by its {@link Demuxer}; virtual threads of its
 * own, which end when it is closed.
 */
final class Relay implements AutoCloseable {
    /** Connections at once: a play list, its segment and its key are three. */
    static final int MOST = 16;

    private static final int MAX_HEAD = 16 * 1024;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int PIECE = 64 * 1024;
    private static final String REFUSED = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final String BUSY = REFUSED.replace("403 Forbidden", "503 Service Unavailable");
    private static final String AWAY = REFUSED.replace("403 Forbidden", "502 Bad Gateway");

    private final Predicate<String> allowed;
    private final ServerSocket server = new ServerSocket(0, MOST, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String refused;
    private volatile boolean away;

    /** @param allowed of a host as it stands in an address, in small letters */
    Relay(Predicate<String> allowed) throws IOException {
        this.allowed = allowed;
        Thread.ofVirtual().name("relay-" + server.getLocalPort()).start(this::accept);
    }

    /** As libavformat wants it. */
    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The last host that was asked for and may not be; null when none was. */
    String refused() {
        return refused;
    }

    /** Whether the last host that was asked for could not be reached. */
    boolean away() {
        return away;
    }

    @Override
    public void close() {
        quietly(server);
        open.forEach(Relay::quietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                boolean room = open.size() < 2 * MOST;
                open.add(client);
                if (server.isClosed()) {
                    quietly(client);
                } else {
                    Thread.ofVirtual().name("relay").start(() -> serve(client, room));
                }
            } catch (IOException _) {
                // Closed, or the client has gone before it was taken.
            }
        }
    }

    private void serve(Socket client, boolean room) {
        try (client;
                Socket source = new Socket()) {
            open.add(source);
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (!room || head == null) {
                answer(client, BUSY);
                return;
            }
            relay(client, in, source, head);
        } catch (IOException _) {
            // One side is gone, and with it the other.
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    private void relay(Socket client, InputStream in, Socket source, String head) throws IOException {
        int line = head.indexOf("\r\n");
        String[] words = head.substring(0, line).split(" ", -1);
        boolean tunnel = words[0].equals("CONNECT");
        URI to;
        try {
            to = URI.create(words.length != 3 ? "" : tunnel ? "https://" + words[1] : words[1]);
        } catch (IllegalArgumentException _) {
            answer(client, REFUSED);
            return;
        }
        String host = to.getHost() == null ? "" : to.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || !allowed.test(host) || !tunnel && !"http".equals(to.getScheme())) {
            refused = host.isEmpty() ? words[words.length > 1 ? 1 : 0] : host;
            answer(client, REFUSED);
            return;
        }
        try {
            int usual = tunnel ? 443 : 80;
            source.connect(new InetSocketAddress(host, to.getPort() < 0 ? usual : to.getPort()), CONNECT_MILLIS);
            away = false;
        } catch (IOException | IllegalArgumentException _) {
            away = true;
            answer(client, AWAY);
            return;
        }
        if (tunnel) {
            answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
            String path = (to.getRawPath().isEmpty() ? "/" : to.getRawPath())
                    + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
            source.getOutputStream()
                    .write((words[0] + " " + path + " " + words[2] + head.substring(line))
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        Thread.ofVirtual().name("relay-up").start(() -> pump(in, source, source));
        pump(source.getInputStream(), client, source);
    }

    /** Until one side ends; both are closed then. */
    private static void pump(InputStream from, Socket to, Socket source) {
        byte[] piece = new byte[PIECE];
        try {
            OutputStream out = to.getOutputStream();
            for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
                out.write(piece, 0, count);
                out.flush();
            }
        } catch (IOException _) {
            // Gone, as is the other side then.
        } finally {
            quietly(to);
            quietly(source);
        }
    }

    /** Up to the empty line; null when there is none within the limit. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && head.length() < MAX_HEAD; octet = in.read()) {
            head.append((char) octet);
            if (octet == '\n' && head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
        }
        return null;
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static void quietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception _) {
            // It is being let go of anyway.
        }
    }
}

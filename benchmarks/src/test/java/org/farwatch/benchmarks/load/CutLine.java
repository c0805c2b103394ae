package org.farwatch.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be cut: to its users the server is away. */
final class CutLine implements AutoCloseable {
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile boolean cut;

    CutLine(InetSocketAddress target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection, and each new one at once until {@link #mend}. */
    void cut() throws IOException {
        // The port stays ours: somebody else might have it by the time of mend.
        cut = true;
        breakAll();
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        breakAll();
    }

    private void breakAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket here = listening.accept();
                Socket there = new Socket();
                sockets.addAll(List.of(here, there));
                // Looked at after they are listed: either this or cut itself sees and breaks them.
                if (cut) {
                    end(here, there);
                } else {
                    there.connect(target);
                    Thread.ofVirtual().start(() -> copy(here, there));
                    Thread.ofVirtual().start(() -> copy(there, here));
                }
            } catch (IOException _) {
                // Cut in between, or closed.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Cut.
        }
        try {
            end(from, to);
        } catch (IOException _) {
            // Both are closed anyway.
        }
    }

    private void end(Socket one, Socket other) throws IOException {
        sockets.removeAll(List.of(one, other));
        try (one;
                other) {
            // Closed.
        }
    }
}

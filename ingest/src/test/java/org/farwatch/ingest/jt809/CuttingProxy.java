package org.farwatch.ingest.jt809;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on and cuts each connection hard after so many bytes up. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket port = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private final int cutAfter;

    CuttingProxy(int target, int cutAfter) throws IOException {
        this.target = target;
        this.cutAfter = cutAfter;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return port.getLocalPort();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket from = port.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(from);
                sockets.add(to);
                Thread.ofVirtual().start(() -> pass(from, to, cutAfter));
                Thread.ofVirtual().start(() -> pass(to, from, Integer.MAX_VALUE));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to, int most) {
        byte[] bytes = new byte[1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int passed = 0;
            for (int count = in.read(bytes); count > 0 && passed < most; count = in.read(bytes)) {
                out.write(bytes, 0, Math.min(count, most - passed));
                passed += count;
            }
            // A reset, as when a cable is pulled: what is under way is lost.
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
        } catch (IOException _) {
            // The other direction has closed both.
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

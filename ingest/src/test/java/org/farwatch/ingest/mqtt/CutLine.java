package org.farwatch.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a broker that can be cut: both ends see their connection break, in the middle of whatever was on its way. */
final class CutLine implements AutoCloseable {
    private final ServerSocket near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int far;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    CutLine(int far) throws IOException {
        this.far = far;
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "tcp://127.0.0.1:" + near.getLocalPort();
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                Socket client = near.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), far);
                sockets.add(client);
                sockets.add(broker);
                Thread.ofVirtual().start(() -> pass(client, broker));
                Thread.ofVirtual().start(() -> pass(broker, client));
            } catch (IOException _) {
                // Closed, or the broker is away.
            }
        }
    }

    /** Few bytes at a time, so that a cut falls into the middle of packets. */
    private void pass(Socket from, Socket to) {
        byte[] some = new byte[37];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int n = in.read(some); n > 0; n = in.read(some)) {
                to.getOutputStream().write(some, 0, n);
            }
        } catch (IOException _) {
            // Cut.
        }
        sockets.remove(from);
        sockets.remove(to);
    }

    /** Breaks every connection of this moment. @return how many sockets there were */
    int cut() throws IOException {
        int number = 0;
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                reset(socket);
                number++;
            }
        }
        return number;
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException _) {
            // The other end was quicker.
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        near.close();
        cut();
    }
}

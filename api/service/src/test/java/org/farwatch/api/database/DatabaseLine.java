package org.farwatch.api.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.farwatch.api.RunningService;
import org.postgresql.ds.PGSimpleDataSource;

/** The way to a running service's database, which can be cut: to its users the database is away. */
public final class DatabaseLine implements AutoCloseable {
    private final DatabaseServer server;
    private final InetSocketAddress target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private volatile boolean cut;

    private DatabaseLine(DatabaseServer server) throws IOException {
        this.server = server;
        URI address = URI.create(server.url().substring("jdbc:".length()));
        this.target = new InetSocketAddress(address.getHost(), address.getPort());
        this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static DatabaseLine to(RunningService service) {
        try {
            return new DatabaseLine(service.bean(DatabaseServer.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection for each use, all through this line. */
    public DataSource source() {
        PGSimpleDataSource source = server.unpooled("line");
        source.setUrl(server.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + listening.getLocalPort() + "/"));
        return source;
    }

    /** Breaks every connection, and each new one at once until {@link #mend}. */
    public void cut() {
        // The port stays ours: somebody else might have it by the time of mend.
        cut = true;
        breakAll();
    }

    public void mend() {
        cut = false;
    }

    @Override
    public void close() {
        shut(listening);
        breakAll();
    }

    private void breakAll() {
        sockets.forEach(DatabaseLine::shut);
        sockets.clear();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket here = listening.accept();
                Socket there = new Socket();
                sockets.addAll(List.of(here, there));
                if (cut) {
                    breakAll();
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

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Cut.
        }
    }

    private static void shut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.farwatch.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that say a byte now and then and never finish anything, to hold a server up (slow loris). */
public final class SlowConnections implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final byte[] endless;
    private final AtomicInteger cut = new AtomicInteger();
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    private int said;

    /** @param endless the first byte at once, then the others again and again */
    public SlowConnections(InetSocketAddress server, int count, byte[] endless) throws IOException {
        this.endless = endless;
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.write(ByteBuffer.wrap(endless, 0, 1));
            channel.configureBlocking(false);
            channels.add(channel);
        }
        var _ = drip.scheduleAtFixedRate(this::say, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many the server has closed. */
    public int cut() {
        return cut.get();
    }

    /** Bytes that each has said besides the first, while it could. */
    public synchronized int said() {
        return said;
    }

    private synchronized void say() {
        byte next = endless[1 + said % (endless.length - 1)];
        for (SocketChannel channel : channels) {
            if (channel.isOpen() && !say(channel, next)) {
                cut.incrementAndGet();
            }
        }
        said++;
    }

    /** @return whether the connection stands */
    private boolean say(SocketChannel channel, byte next) {
        try {
            if (channel.read(one.clear()) >= 0) {
                channel.write(one.clear().put(next).flip());
                return true;
            }
            channel.close();
        } catch (IOException _) {
            // A byte that met the close was answered with a reset.
            shut(channel);
        }
        return false;
    }

    private static void shut(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone.
        }
    }

    @Override
    public void close() {
        drip.close();
        channels.forEach(SlowConnections::shut);
    }
}

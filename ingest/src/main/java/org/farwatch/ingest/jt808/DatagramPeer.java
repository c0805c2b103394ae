package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;

/**
 * A remote address that terminals send datagrams from. UDP has no backpressure: what comes while there is no room, or
 * while the register is deciding, is dropped, counted and not acknowledged, so that the terminal sends it again.
 *
 * <p>All state belongs to the event loop of the port.
 */
final class DatagramPeer implements Peer {
    private static final byte[] DELIMITER = {FrameReader.DELIMITER};

    private final Jt808Server server;
    private final RowCollector collector;
    private final Channel channel;
    private final InetSocketAddress address;
    private final FrameReader reader;
    private final Terminals terminals;
    private boolean paused;
    private boolean unflushed;
    private long heardAt = System.nanoTime();

    DatagramPeer(Jt808Server server, RowCollector collector, Channel channel, InetSocketAddress address) {
        this.server = server;
        this.collector = collector;
        this.channel = channel;
        this.address = address;
        reader = new FrameReader(server.settings().maxFrameLength());
        terminals = new Terminals(server, collector, this);
    }

    /** Handles the frames of one datagram; none goes on in the next. */
    void read(ByteBuf datagram) {
        byte[] bytes = collector.scratch();
        int count = Math.min(datagram.readableBytes(), bytes.length);
        datagram.getBytes(datagram.readerIndex(), bytes, 0, count);
        long now = System.nanoTime();
        long receiveMillis = server.clock().millis();
        int at = 0;
        while (at < count) {
            if (dropped()) {
                return;
            }
            at = reader.read(bytes, at, count);
            handle(now, receiveMillis);
        }
        if (!reader.complete() && !dropped()) {
            reader.read(DELIMITER, 0, 1);
            handle(now, receiveMillis);
        }
        flush();
    }

    private boolean dropped() {
        boolean drop = paused || collector.paused();
        if (drop) {
            server.count(FaultKind.OVER_LIMIT);
        }
        return drop;
    }

    private void handle(long now, long receiveMillis) {
        if (reader.complete()) {
            server.counters().frames.increment();
            if (reader.frame().fault() == null) {
                heardAt = now;
            }
            terminals.handle(reader.frame(), now, receiveMillis);
        }
    }

    /** @return whether nothing was heard since; its terminals are then offline */
    boolean silentSince(long since) {
        boolean silent = !paused && heardAt - since < 0;
        if (silent) {
            end();
        } else {
            terminals.endSilent(since);
        }
        return silent;
    }

    /** All terminals of this address are gone. */
    void end() {
        terminals.endAll();
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void pause(int reason) {
        paused = true;
    }

    @Override
    public void resume(int reason) {
        paused = false;
        heardAt = System.nanoTime();
        flush();
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    @Override
    public Future<?> later(Runnable task, long millis) {
        return channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void overtaken(Session session) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(() -> {
                var _ = terminals.remove(session);
            });
        }
    }

    @Override
    public FrameWriter writer() {
        return collector.writer();
    }

    @Override
    public ByteBuf buffer(int bytes) {
        return channel.alloc().ioBuffer(bytes);
    }

    @Override
    public void send(ByteBuf answer) {
        unflushed = true;
        var _ = channel.write(new DatagramPacket(answer, address), channel.voidPromise());
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public String remoteAddress() {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }
}

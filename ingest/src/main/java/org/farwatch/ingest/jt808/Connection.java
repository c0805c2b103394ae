package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection: turns what the socket delivers into frames and hands these to its {@link Terminals}, one after
 * another, in order. Reading stops while any reason to pause holds; what was read already is kept, at most what one turn
 * of the event loop delivered.
 *
 * <p>All state belongs to the channel's event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Peer {
    /** No room for more rows: the database is slower than the terminals. */
    static final int NO_ROOM = 1;

    /** The register is deciding on a terminal of this connection. */
    static final int ADMISSION = 1 << 1;

    /** The terminal does not read its answers. */
    static final int UNWRITABLE = 1 << 2;

    /** The server is closing. */
    static final int CLOSING = 1 << 3;

    private static final int IDLE_CHECKS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Jt808Server server;
    private final RowCollector collector;
    private final FrameReader reader;
    private final Terminals terminals;

    /** Read but not yet looked at, because reading is paused. */
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);

    private ChannelHandlerContext context;
    private int pauses;
    private boolean reading;
    private boolean unflushed;
    private long heardAt = System.nanoTime();

    Connection(Jt808Server server, RowCollector collector) {
        this.server = server;
        this.collector = collector;
        reader = new FrameReader(server.settings().maxFrameLength());
        terminals = new Terminals(server, collector, this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        collector.add(this);
        long period = Math.max(1, server.settings().idleTimeout().toMillis() / IDLE_CHECKS);
        var idleCheck = ctx.executor().scheduleAtFixedRate(this::checkIdle, period, period, TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(_ -> idleCheck.cancel(false));
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add((ByteBuf) message);
        read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush();
    }

    /** Looks at what was read, frame by frame, until it is used up or there is a reason to pause. */
    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (pauses == 0 && !held.isEmpty()) {
                ByteBuf in = held.peek();
                read(in);
                if (!in.isReadable()) {
                    held.poll().release();
                }
            }
        } finally {
            reading = false;
        }
    }

    private void read(ByteBuf in) {
        byte[] bytes = collector.scratch();
        long now = System.nanoTime();
        long receiveMillis = server.clock().millis();
        int count = Math.min(in.readableBytes(), bytes.length);
        in.getBytes(in.readerIndex(), bytes, 0, count);
        int at = 0;
        while (at < count && pauses == 0) {
            at = reader.read(bytes, at, count);
            if (reader.complete()) {
                server.counters().frames.increment();
                if (reader.frame().fault() == null) {
                    heardAt = now;
                }
                terminals.handle(reader.frame(), now, receiveMillis);
            }
        }
        in.skipBytes(at);
    }

    @Override
    public void pause(int reason) {
        if (pauses == 0) {
            context.channel().config().setAutoRead(false);
        }
        pauses |= reason;
    }

    @Override
    public void resume(int reason) {
        if ((pauses & reason) == 0) {
            return;
        }
        pauses &= ~reason;
        // A terminal that nobody listened to was not silent.
        heardAt = System.nanoTime();
        read();
        if (pauses == 0) {
            context.channel().config().setAutoRead(true);
        }
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            resume(UNWRITABLE);
        } else {
            pause(UNWRITABLE);
        }
    }

    private void checkIdle() {
        long now = System.nanoTime();
        long idleNanos = server.settings().idleTimeout().toNanos();
        if ((pauses & ~UNWRITABLE) != 0) {
            return;
        }
        if (now - heardAt >= idleNanos) {
            LOG.debug("{} silent for {}", remoteAddress(), server.settings().idleTimeout());
            if (reader.unfinished()) {
                server.count(FaultKind.UNFINISHED);
            }
            close();
        } else {
            terminals.endSilent(now - idleNanos);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        collector.remove(this);
        terminals.endAll();
        held.forEach(ByteBuf::release);
        held.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} lost: {}", remoteAddress(), cause.getMessage());
        } else {
            LOG.error("{} closed after a fault of ours", remoteAddress(), cause);
        }
        var _ = ctx.close();
    }

    @Override
    public void overtaken(Session session) {
        if (!context.executor().isShuttingDown()) {
            context.executor().execute(() -> {
                if (terminals.remove(session) && terminals.isEmpty()) {
                    close();
                }
            });
        }
    }

    @Override
    public boolean isOpen() {
        return context.channel().isActive();
    }

    void close() {
        var _ = context.close();
    }

    @Override
    public void execute(Runnable task) {
        context.executor().execute(task);
    }

    @Override
    public FrameWriter writer() {
        return collector.writer();
    }

    @Override
    public Future<?> later(Runnable task, long millis) {
        return context.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public ByteBuf buffer(int bytes) {
        return context.alloc().ioBuffer(bytes);
    }

    @Override
    public void send(ByteBuf answer) {
        unflushed = true;
        var _ = context.write(answer, context.voidPromise());
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    @Override
    public String remoteAddress() {
        return context.channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : String.valueOf(context.channel().remoteAddress());
    }

    @Override
    public boolean streams() {
        return true;
    }
}

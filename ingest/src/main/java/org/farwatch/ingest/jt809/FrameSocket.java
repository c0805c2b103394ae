package org.farwatch.ingest.jt809;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.RowStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection of a link: turns what it delivers into frames, one after another, and stops reading while there is a
 * reason to. What was read already is kept, at most what one turn of the event loop delivered. State belongs to the
 * channel's event loop.
 */
final class FrameSocket extends ChannelInboundHandlerAdapter implements RowStream.Reader {
    /** No room for more rows: the database is slower than the platform. */
    static final int NO_ROOM = 1;

    /** Somebody is being asked before the next frame can be looked at. */
    static final int WAITING = 1 << 1;

    /** The other side does not read what it is sent. */
    static final int UNWRITABLE = 1 << 2;

    private static final int CHUNK = 16 * 1024;
    private static final int TICKS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(FrameSocket.class);

    private final Owner owner;
    private final FrameReader reader;
    private final RowStream rows;
    private final long tickMillis;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private final byte[] chunk = new byte[CHUNK];
    private ChannelHandlerContext context;
    private int pauses;
    private boolean reading;
    private long heardAt = System.nanoTime();

    /** What the connection is for. Called on the event loop. */
    interface Owner {
        void opened();

        /** A frame, good or bad; may pause the socket. Never throws for what it contains. */
        void frame(Frame frame);

        /** A quarter of the idle timeout has passed. */
        void tick();

        void closed();
    }

    FrameSocket(Owner owner, RowStream rows, Jt809Settings settings) {
        this.owner = owner;
        this.rows = rows;
        reader = new FrameReader(settings.maxFrameLength());
        tickMillis = Math.max(1, settings.idleTimeout().toMillis() / TICKS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        rows.add(this);
        var ticks = ctx.executor().scheduleAtFixedRate(owner::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(_ -> ticks.cancel(false));
        owner.opened();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add((ByteBuf) message);
        read();
    }

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
        int count = Math.min(in.readableBytes(), CHUNK);
        in.getBytes(in.readerIndex(), chunk, 0, count);
        int at = 0;
        while (at < count && pauses == 0) {
            at = reader.read(chunk, at, count);
            if (reader.complete()) {
                if (reader.frame().fault() == null) {
                    heardAt = System.nanoTime();
                }
                owner.frame(reader.frame());
            }
        }
        in.skipBytes(at);
    }

    @Override
    public void pause() {
        pause(NO_ROOM);
    }

    @Override
    public void resume() {
        resume(NO_ROOM);
    }

    void pause(int reason) {
        if (pauses == 0) {
            context.channel().config().setAutoRead(false);
        }
        pauses |= reason;
    }

    void resume(int reason) {
        if ((pauses & reason) == 0) {
            return;
        }
        pauses &= ~reason;
        // Nobody listened meanwhile: the other side was not silent.
        heardAt = System.nanoTime();
        read();
        if (pauses == 0) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            resume(UNWRITABLE);
        } else {
            pause(UNWRITABLE);
        }
    }

    /** Whether nothing was heard for so long; never while it is not being read. */
    boolean silentFor(long nanos) {
        return (pauses & ~UNWRITABLE) == 0 && System.nanoTime() - heardAt >= nanos;
    }

    void send(byte[] frame) {
        if (context != null && context.channel().isActive()) {
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(frame));
        }
    }

    void sendAndClose(byte[] frame) {
        pause(WAITING);
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(ChannelFutureListener.CLOSE);
    }

    void close() {
        if (context != null) {
            var _ = context.close();
        }
    }

    boolean isOpen() {
        return context != null && context.channel().isActive();
    }

    EventLoop eventLoop() {
        return context.channel().eventLoop();
    }

    /** Numeric. */
    String address() {
        return context.channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : String.valueOf(context.channel().remoteAddress());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        rows.remove(this);
        held.forEach(ByteBuf::release);
        held.clear();
        owner.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} lost: {}", address(), cause.getMessage());
        } else {
            LOG.error("{} closed after a fault of ours", address(), cause);
        }
        close();
    }
}

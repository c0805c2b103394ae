package org.farwatch.ingest.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal's TCP connection, made again whenever it is lost, each time after a longer wait. Owned by one event loop;
 * all methods and events are called on it.
 */
final class TerminalLink {
    /** What happens to the connection. */
    interface Events {
        /** The connection stands. */
        void connected();

        /** A frame came, good or bad; valid only during the call. */
        void received(Frame frame);

        /** The connection is lost or could not be made; the next try is scheduled. */
        void disconnected();
    }

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(TerminalLink.class);

    private final TerminalSettings settings;
    private final Events events;
    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final Random jitter;
    private Channel channel;
    private long delayMillis;
    private boolean connecting;
    private boolean cutOff;
    private boolean closed;

    TerminalLink(EventLoopGroup group, EventLoop eventLoop, TerminalSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
        this.eventLoop = eventLoop;
        boolean epoll = group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
        bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
        jitter = new Random(settings.phone().hashCode());
    }

    void connect() {
        if (closed || cutOff || connecting || channel != null) {
            return;
        }
        connecting = true;
        ChannelFuture attempt = bootstrap.clone().handler(new Reader()).connect(settings.server());
        attempt.addListener(_ -> {
            connecting = false;
            if (!attempt.isSuccess()) {
                LOG.debug("{} cannot connect: {}", settings.phone(), String.valueOf(attempt.cause()));
                connectLater();
                events.disconnected();
            }
        });
    }

    private void connectLater() {
        long longest = settings.longestDelay().toMillis();
        delayMillis = Math.clamp(delayMillis * 2, Math.min(settings.firstDelay().toMillis(), longest), longest);
        long spread = delayMillis / 5;
        long delay = delayMillis + (spread == 0 ? 0 : jitter.nextLong(-spread, spread));
        var _ = eventLoop.schedule(this::connect, delay, TimeUnit.MILLISECONDS);
    }

    /** The platform let the terminal in: the next wait is a short one again. */
    void proven() {
        delayMillis = 0;
    }

    boolean isConnected() {
        return channel != null;
    }

    /** Breaks the connection; it is made again. */
    void disconnect() {
        if (channel != null) {
            var _ = channel.close();
        }
    }

    /** Without the network no connection is made; with it again, at once. */
    void cutOff(boolean off) {
        cutOff = off;
        if (off) {
            disconnect();
        } else {
            delayMillis = 0;
            connect();
        }
    }

    /** Closes for good. */
    void close() {
        closed = true;
        disconnect();
    }

    ByteBuf buffer() {
        return channel.alloc().buffer();
    }

    void send(ByteBuf message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        private final FrameReader frames = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (closed || cutOff) {
                var _ = ctx.close();
            } else {
                channel = ctx.channel();
                events.connected();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            byte[] bytes = new byte[in.readableBytes()];
            in.readBytes(bytes).release();
            int at = 0;
            while (at < bytes.length) {
                at = frames.read(bytes, at, bytes.length);
                if (frames.complete()) {
                    events.received(frames.frame());
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            channel = null;
            connectLater();
            events.disconnected();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("{} connection lost: {}", settings.phone(), String.valueOf(cause));
            var _ = ctx.close();
        }
    }
}

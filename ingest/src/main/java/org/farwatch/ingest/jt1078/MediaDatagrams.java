package org.farwatch.ingest.jt1078;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP port, a packet a datagram. A link is one address that sends what was asked for, forgotten when silent for the
 * idle timeout. State belongs to the port's event loop.
 */
final class MediaDatagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int IDLE_CHECKS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(MediaDatagrams.class);

    private final MediaIntake intake;
    private final Map<InetSocketAddress, Link> links = new HashMap<>();

    MediaDatagrams(MediaIntake intake) {
        this.intake = intake;
    }

    private static final class Link extends MediaLink {
        private final Channel channel;
        private final InetSocketAddress peer;

        Link(Channel channel, InetSocketAddress peer, int window) {
            super(window);
            this.channel = channel;
            this.peer = peer;
        }

        @Override
        boolean send(byte[] packet) {
            if (!channel.isWritable()) {
                return false;
            }
            var _ = channel.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(packet), peer), channel.voidPromise());
            return true;
        }

        @Override
        void execute(Runnable work) {
            if (channel.eventLoop().inEventLoop()) {
                work.run();
            } else if (!channel.eventLoop().isShuttingDown()) {
                channel.eventLoop().execute(work);
            }
        }

        @Override
        void shut() {
            // Is forgotten when it is silent.
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long idle = intake.settings.idleTimeout().toNanos();
        long period = Math.max(1, intake.settings.idleTimeout().toMillis() / IDLE_CHECKS);
        var check = context.executor()
                .scheduleAtFixedRate(
                        () -> links.values().removeIf(link -> {
                            boolean silent = link.unusedSince(System.nanoTime() - idle);
                            if (silent) {
                                link.over();
                            }
                            return silent;
                        }),
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> check.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        byte[] bytes = ByteBufUtil.getBytes(datagram.content());
        String origin = String.valueOf(datagram.sender());
        MediaPacket packet = PacketReader.datagram(bytes, intake.settings.maxPacket(), intake::known);
        if (packet == null) {
            intake.report(FaultKind.MALFORMED, origin, "the datagram is no packet", bytes, bytes.length);
            return;
        }
        Reception reception = intake.wanted(packet, origin);
        if (reception == null) {
            return;
        }
        Link link = links.get(datagram.sender());
        if (link == null) {
            if (links.size() >= intake.settings.maxConnections()) {
                intake.report(FaultKind.OVER_LIMIT, origin, "farwatch.jt1078.max-connections", bytes, 0);
                return;
            }
            link = new Link(context.channel(), datagram.sender(), intake.settings.reorder());
            links.put(datagram.sender(), link);
        }
        intake.take(reception, packet, link);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        links.values().forEach(MediaLink::over);
        links.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The port serves everybody: one datagram's trouble must not close it.
        LOG.warn("datagram lost: {}", String.valueOf(cause));
    }
}

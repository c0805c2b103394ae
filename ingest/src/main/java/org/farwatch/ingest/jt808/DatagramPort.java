package org.farwatch.ingest.jt808;

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
 * The UDP port: one {@link DatagramPeer} per remote address, as many as connections are allowed, forgotten when silent
 * for the idle timeout. State belongs to the port's event loop.
 */
final class DatagramPort extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int IDLE_CHECKS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(DatagramPort.class);

    private final Jt808Server server;
    private final RowCollector collector;
    private final Map<InetSocketAddress, DatagramPeer> peers = new HashMap<>();

    DatagramPort(Jt808Server server, RowCollector collector) {
        this.server = server;
        this.collector = collector;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long idleNanos = server.settings().idleTimeout().toNanos();
        long period = Math.max(1, server.settings().idleTimeout().toMillis() / IDLE_CHECKS);
        var idleCheck = ctx.executor()
                .scheduleAtFixedRate(
                        () -> peers.values().removeIf(peer -> peer.silentSince(System.nanoTime() - idleNanos)),
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(_ -> idleCheck.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        DatagramPeer peer = peers.get(datagram.sender());
        if (peer == null) {
            if (peers.size() >= server.settings().maxConnections()) {
                server.count(FaultKind.OVER_LIMIT);
                return;
            }
            peer = new DatagramPeer(server, collector, ctx.channel(), datagram.sender());
            peers.put(datagram.sender(), peer);
        }
        peer.read(datagram.content());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        peers.values().forEach(DatagramPeer::end);
        peers.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The port serves everybody: one datagram's trouble must not close it.
        LOG.warn("datagram lost: {}", String.valueOf(cause));
    }
}

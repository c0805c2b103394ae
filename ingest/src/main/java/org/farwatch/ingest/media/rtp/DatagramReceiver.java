package org.farwatch.ingest.media.rtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The datagrams of one session. */
final class DatagramReceiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramReceiver.class);

    private final RtpSession session;

    DatagramReceiver(RtpSession session) {
        this.session = session;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        session.datagram(datagram);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Such as that nobody listens where speech is sent to: what comes is not touched by it.
        LOG.debug("RTP port {}: {}", session.port(), String.valueOf(cause));
    }
}

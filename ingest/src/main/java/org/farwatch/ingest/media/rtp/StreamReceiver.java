package org.farwatch.ingest.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.farwatch.ingest.media.OfflineCause;

/** One connection of a session, in either direction of connecting. */
final class StreamReceiver extends ChannelInboundHandlerAdapter implements Framing.Packets {
    private final RtpSession session;
    private final Framing framing;
    private Channel connection;
    private boolean stays;
    private boolean others;
    private OfflineCause cause = OfflineCause.ENDED;
    private String detail = "the device closed the connection of its pictures";

    StreamReceiver(RtpSession session) {
        this.session = session;
        framing = new Framing(session.counted(), this);
    }

    boolean interleaved() {
        return framing.interleaved();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection = ctx.channel();
        stays = session.connected(connection);
        if (!stays) {
            var _ = ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            if (stays && !others) {
                byte[] bytes = new byte[read.readableBytes()];
                read.readBytes(bytes);
                if (!framing.read(bytes, 0, bytes.length)) {
                    cause = OfflineCause.BROKEN;
                    detail = "no packet in " + Framing.MAX_SEARCH + " bytes of its connection";
                    var _ = ctx.close();
                }
            }
        } finally {
            read.release();
        }
        if (others) {
            var _ = ctx.close();
        }
    }

    @Override
    public void packet(byte[] bytes) {
        if (!others) {
            others = !session.framed(bytes, connection);
        }
    }

    @Override
    public void desync() {
        session.desync(connection);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stays) {
            session.disconnected(connection, cause, detail);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        cause = OfflineCause.BROKEN;
        detail = "its connection broke: " + thrown.getMessage();
        var _ = ctx.close();
    }
}

package org.farwatch.ingest.jt1078;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;

/** A media link over TCP; several channels may come on it. State belongs to its event loop. */
final class MediaConnection extends SimpleChannelInboundHandler<ByteBuf> implements PacketReader.Sink {
    private static final int IDLE_CHECKS = 4;
    /** So long a terminal that talks may take for its first packet. */
    private static final long SILENCE_MILLIS = 1_000;

    private final MediaIntake intake;
    private final PacketReader reader;
    private Link link;
    private boolean silent = true;

    MediaConnection(MediaIntake intake) {
        this.intake = intake;
        reader = new PacketReader(intake.settings.maxPacket(), intake::known);
    }

    private static final class Link extends MediaLink {
        private final Channel channel;

        Link(Channel channel) {
            super(0);
            this.channel = channel;
        }

        @Override
        boolean send(byte[] packet) {
            if (!channel.isWritable()) {
                return false;
            }
            var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(packet), channel.voidPromise());
            // A terminal that only listens sends nothing; that it is gone the connection tells.
            touched();
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
            var _ = channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        link = new Link(context.channel());
        long idle = intake.settings.idleTimeout().toNanos();
        long period = Math.max(1, intake.settings.idleTimeout().toMillis() / IDLE_CHECKS);
        var check = context.executor()
                .scheduleAtFixedRate(
                        () -> {
                            if (link.unusedSince(System.nanoTime() - idle)) {
                                var _ = context.close();
                            }
                        },
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> check.cancel(false));
        if (intake.port == MediaPort.TALK) {
            var listening = context.executor()
                    .scheduleAtFixedRate(this::listens, SILENCE_MILLIS, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
            context.channel().closeFuture().addListener(_ -> listening.cancel(false));
        }
    }

    /** Nothing has come: it may be a terminal that only listens. */
    private void listens() {
        if (silent && link.channel.remoteAddress() instanceof InetSocketAddress from && from.getAddress() != null) {
            silent = !intake.silent(link, from.getAddress().getHostAddress());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        silent = false;
        byte[] came = ByteBufUtil.getBytes(bytes);
        reader.read(came, 0, came.length, this);
    }

    @Override
    public void packet(MediaPacket packet) {
        Reception reception = intake.wanted(packet, origin());
        if (reception != null) {
            intake.take(reception, packet, link);
        } else {
            link.numbering.advance(packet.sequence());
        }
    }

    @Override
    public void fault(FaultKind kind, String reason, byte[] bytes, int offset, int length) {
        intake.report(kind, origin(), reason, bytes, length);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        link.over();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The connection broke: the other end is gone, which channelInactive tells.
        var _ = context.close();
    }

    private String origin() {
        return String.valueOf(link.channel.remoteAddress());
    }
}

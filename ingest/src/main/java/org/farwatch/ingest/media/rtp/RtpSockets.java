package org.farwatch.ingest.media.rtp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** The sockets of one session, all on its event loop. */
final class RtpSockets {
    /** How long a device may take to accept our connection. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Room in the kernel for the datagrams of a key picture. */
    private static final int DATAGRAM_BUFFER = 1 << 20;

    /** No datagram is longer. */
    private static final int MAX_DATAGRAM = 64 * 1024;

    /** More waiting on a connection is not written but dropped. */
    private static final int MAX_UNWRITTEN = 64 * 1024;

    private final RtpSession session;
    private final EventLoop loop;
    private final InetSocketAddress local;
    private final boolean epoll = Epoll.isAvailable();
    private final ChannelGroup connections;

    RtpSockets(RtpSession session, EventLoop loop, InetSocketAddress local) {
        this.session = session;
        this.loop = loop;
        this.local = local;
        connections = new DefaultChannelGroup(loop, true);
    }

    ChannelFuture datagrams() {
        return new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, DATAGRAM_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new DatagramReceiver(session))
                .bind(local);
    }

    ChannelFuture listen() {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        begin(connection);
                    }
                })
                .bind(local);
    }

    ChannelFuture connect(InetSocketAddress device) {
        return new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        begin(connection);
                    }
                })
                .connect(device, local);
    }

    /** Whether the port that we would connect from is nobody's: another program may listen there. */
    boolean mayConnect() {
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(local);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    void closeConnections() {
        var _ = connections.close();
    }

    boolean write(Channel connection, byte[] packet) {
        StreamReceiver receiver = connection.pipeline().get(StreamReceiver.class);
        boolean room = receiver != null
                && connection.isActive()
                && connection.unsafe().outboundBuffer() != null
                && connection.unsafe().outboundBuffer().totalPendingWriteBytes() < MAX_UNWRITTEN;
        if (room) {
            ByteBuf framed = connection.alloc().buffer(4 + packet.length);
            if (receiver.interleaved()) {
                framed.writeByte('$').writeByte(0);
            }
            framed.writeShort(packet.length).writeBytes(packet);
            var _ = connection.writeAndFlush(framed, connection.voidPromise());
        }
        return room;
    }

    boolean write(Channel datagrams, InetSocketAddress to, byte[] packet) {
        boolean room = datagrams.isActive() && datagrams.isWritable();
        if (room) {
            var _ = datagrams.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(packet), to), datagrams.voidPromise());
        }
        return room;
    }

    private void begin(Channel connection) {
        connections.add(connection);
        connection.pipeline().addLast(new StreamReceiver(session));
    }
}

package org.farwatch.ingest.jt1078;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.TwinPort;
import org.farwatch.ingest.media.push.Feed;

/**
 * Receives what terminals send once they were asked, on TCP and UDP: live pictures, stored ones and talks on a port
 * each.
 * Packets that nobody asked for are counted and dropped. {@link #start} and {@link #close} may be called once each, from
 * any thread.
 */
public final class Jt1078Server implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_535;
    private static final int UDP_BUFFER = 1024 * 1024;

    private final Jt1078Settings settings;
    private final Map<MediaPort, MediaIntake> intakes = new EnumMap<>(MediaPort.class);
    private final Map<MediaPort, TwinPort> ports = new EnumMap<>(MediaPort.class);
    private final Jt1078Counters counters = new Jt1078Counters();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private EventLoopGroup group;

    public Jt1078Server(Jt1078Settings settings, DeviceDirectory directory, Faults faults, Clock clock) {
        this.settings = settings;
        for (MediaPort port : MediaPort.values()) {
            intakes.put(port, new MediaIntake(port, settings, counters, directory, faults, clock));
        }
    }

    /**
     * Binds all ports and begins to accept.
     *
     * @throws IOException naming setting, address and port when one cannot be bound; then none is
     */
    public void start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                settings.threads(),
                new DefaultThreadFactory("jt1078", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            bind(MediaPort.LIVE, "farwatch.jt1078.port", settings.port(), epoll);
            bind(MediaPort.PLAYBACK, "farwatch.jt1078.playback-port", settings.playbackPort(), epoll);
            bind(MediaPort.TALK, "farwatch.jt1078.talk-port", settings.talkPort(), epoll);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void bind(MediaPort port, String setting, int number, boolean epoll) throws IOException {
        MediaIntake intake = intakes.get(port);
        ports.put(
                port,
                TwinPort.bind(
                        setting,
                        settings.host(),
                        number,
                        address -> bindTcp(intake, epoll, address),
                        address -> bindUdp(intake, epoll, address)));
    }

    private ChannelFuture bindTcp(MediaIntake intake, boolean epoll, InetSocketAddress address) {
        return new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(intake, channel);
                    }
                })
                .bind(address);
    }

    private ChannelFuture bindUdp(MediaIntake intake, boolean epoll, InetSocketAddress address) {
        return new Bootstrap()
                .group(group)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, UDP_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new MediaDatagrams(intake))
                .bind(address);
    }

    private void accept(MediaIntake intake, Channel channel) {
        if (counters.openConnections.incrementAndGet() > settings.maxConnections()) {
            counters.openConnections.decrementAndGet();
            intake.report(
                    FaultKind.OVER_LIMIT,
                    String.valueOf(channel.remoteAddress()),
                    "connections: farwatch.jt1078.max-connections is " + settings.maxConnections(),
                    new byte[0],
                    0);
            var _ = channel.close();
            return;
        }
        connections.add(channel);
        channel.closeFuture().addListener(_ -> counters.openConnections.decrementAndGet());
        channel.pipeline().addLast(new MediaConnection(intake));
    }

    /** The address of a port, TCP and UDP alike, once it is bound. */
    public InetSocketAddress address(MediaPort port) {
        return (InetSocketAddress) ports.get(port).tcp().localAddress();
    }

    /**
     * Takes what a terminal sends of a channel, from now until it is closed.
     *
     * @param sim of the terminal, without leading zeros
     * @param channel logical channel
     * @return null when another one takes it already
     */
    public Reception receive(MediaPort port, String sim, int channel, Feed feed) {
        return intakes.get(port).receptions.open(sim, channel, feed);
    }

    /**
     * Speaks to a terminal: {@link Reception#say} goes out on the link that it opens to {@link MediaPort#TALK}. Closing
     * it closes that link.
     *
     * @param wide whether the SIM of its packets has 10 bytes, should it send none
     * @param host where its JT/T 808 connection comes from: a link from there on which nothing comes is its own while
     *     no other terminal from there is waited for
     * @return null when that channel is being spoken to
     */
    public Reception talk(String sim, boolean wide, int channel, String host, Feed feed) {
        int simBytes = wide ? MediaPacket.SIM_2019 : MediaPacket.SIM_2016;
        return intakes.get(MediaPort.TALK).receptions.open(sim, channel, feed, new Reception.Listener(host, simBytes));
    }

    /** Channels that are being received, or waited for. */
    public int receptions() {
        return intakes.values().stream()
                .mapToInt(intake -> intake.receptions.size())
                .sum();
    }

    /** For metrics. */
    public Jt1078Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        for (TwinPort bound : ports.values()) {
            bound.tcp().close().awaitUninterruptibly();
            bound.udp().close().awaitUninterruptibly();
        }
        connections.close().awaitUninterruptibly();
        if (group != null) {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}

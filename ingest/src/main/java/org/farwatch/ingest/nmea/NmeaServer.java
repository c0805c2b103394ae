package org.farwatch.ingest.nmea;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.RowStream;
import org.farwatch.ingest.TwinPort;
import org.farwatch.ingest.UndecodedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for receivers on TCP and UDP, one port number for both. One event loop serves all. {@link #start} and {@link
 * #close} may be called once each, from any thread.
 */
public final class NmeaServer implements AutoCloseable {
    private static final int MAX_DATAGRAM = 8 * 1024;

    /** A datagram of the shortest sentences, each a moment of its own. */
    private static final int MOST_ROWS_OF_MESSAGE = MAX_DATAGRAM / 16;

    private static final int DRAIN_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(NmeaServer.class);

    private final NmeaSettings settings;
    private final DeviceDirectory directory;
    private final PositionSink sink;
    private final RowBudget budget;
    private final UndecodedSink undecoded;
    private final Faults faults;
    private final Clock clock;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder positions = new LongAdder();
    private EventLoopGroup group;
    private Channel listener;
    private Channel datagrams;
    private RowStream rows;

    public NmeaServer(
            NmeaSettings settings,
            DeviceDirectory directory,
            PositionSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.sink = sink;
        this.budget = budget;
        this.undecoded = undecoded;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Binds the port and begins to accept.
     *
     * @return the address bound
     * @throws IOException naming setting, address and port when it cannot be bound
     */
    public InetSocketAddress start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("nmea", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        rows = new RowStream(group.next(), sink, budget, MOST_ROWS_OF_MESSAGE);
        try {
            TwinPort ports = TwinPort.bind(
                    "farwatch.nmea.port",
                    settings.host(),
                    settings.port(),
                    address -> bindTcp(epoll, address),
                    address -> bindUdp(epoll, address));
            listener = ports.tcp();
            datagrams = ports.udp();
        } catch (IOException e) {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        return (InetSocketAddress) listener.localAddress();
    }

    private ChannelFuture bindTcp(boolean epoll, InetSocketAddress address) {
        return new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address);
    }

    private ChannelFuture bindUdp(boolean epoll, InetSocketAddress address) {
        return new Bootstrap()
                .group(group)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new NmeaDatagrams(this, rows))
                .bind(address);
    }

    private void accept(Channel channel) {
        if (connections.incrementAndGet() > settings.maxConnections()) {
            connections.decrementAndGet();
            report(
                    FaultKind.OVER_LIMIT,
                    String.valueOf(channel.remoteAddress()),
                    "connections: farwatch.nmea.max-connections is " + settings.maxConnections(),
                    new byte[0],
                    0);
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> connections.decrementAndGet());
        channel.pipeline().addLast(new NmeaConnection(this, rows));
    }

    /** Stops reading, waits until what was read is stored, at most ten seconds, then closes. */
    @Override
    public void close() {
        if (datagrams == null) {
            return;
        }
        listener.close().awaitUninterruptibly();
        try {
            rows.close().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn("nmea: closed while positions were still with the store");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Connections open now. */
    public int connections() {
        return connections.get();
    }

    /** Fixes handed to the sink since the start. */
    public long fixes() {
        return positions.sum();
    }

    LongAdder positions() {
        return positions;
    }

    /** Lets a device in that is in the register, by its secret where it has one; others where self-registration is on. */
    CompletionStage<Admission> admit(Preamble.Shown shown) {
        boolean known = directory.find(Protocol.NMEA, shown.id()) != null;
        return known || !shown.secret().isEmpty()
                ? directory.authenticate(Protocol.NMEA, shown.id(), shown.secret())
                : directory.introduce(Protocol.NMEA, shown.id());
    }

    void onLoop(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.debug("nmea: stopped before an answer came");
        }
    }

    NmeaSettings settings() {
        return settings;
    }

    DeviceDirectory directory() {
        return directory;
    }

    Clock clock() {
        return clock;
    }

    void count(FaultKind kind) {
        faults.count(Protocol.NMEA, kind);
    }

    void report(FaultKind kind, String origin, String reason, byte[] bytes, int length) {
        faults.report(Protocol.NMEA, kind, origin, reason, bytes, 0, length);
    }

    /** Counts, logs and keeps. */
    void refuse(FaultKind kind, String device, String reason, byte[] raw) {
        report(kind, device, reason, raw, raw.length);
        undecoded.keep(Protocol.NMEA, device, clock.instant(), reason, raw);
    }
}

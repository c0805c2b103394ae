package org.farwatch.ingest.jt809;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.RowStream;
import org.farwatch.ingest.UndecodedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The superior platform of JT/T 809: listens for subordinate platforms and stores what their vehicles report. One event
 * loop serves all: platforms are few, and each speaks for many vehicles. A position (0x1202) has no acknowledgement in
 * this standard; when the store is slow the sockets are not read, so it waits at the sender.
 *
 * <p>{@link #start} and {@link #close} may be called once each, from any thread.
 */
public final class Jt809Server implements AutoCloseable {
    /** A 0x1203 counts its positions in a byte. */
    private static final int MOST_ROWS_OF_MESSAGE = 255;

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Jt809Server.class);

    private final Jt809Settings settings;
    private final PlatformDirectory platforms;
    private final DeviceDirectory devices;
    private final PositionSink sink;
    private final RowBudget budget;
    private final UndecodedSink undecoded;
    private final Faults faults;
    private final Clock clock;
    private final AtomicInteger connections = new AtomicInteger();

    /** By access code: the connection that is logged in. */
    private final Map<Long, MainLink> links = new ConcurrentHashMap<>();

    /** By id of the platform, of all that were here since the start; bounded by the register. */
    private final Map<Long, PlatformTally> tallies = new ConcurrentHashMap<>();

    private EventLoopGroup group;
    private Channel listener;
    private RowStream rows;

    public Jt809Server(
            Jt809Settings settings,
            PlatformDirectory platforms,
            DeviceDirectory devices,
            PositionSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            Clock clock) {
        this.settings = settings;
        this.platforms = platforms;
        this.devices = devices;
        this.sink = sink;
        this.budget = budget;
        this.undecoded = undecoded;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Binds the port and begins to accept.
     *
     * @return the address bound, with the port that the system chose when the setting is 0
     * @throws IOException naming setting, address and port when it cannot be bound
     */
    public InetSocketAddress start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("jt809", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        rows = new RowStream(group.next(), sink, budget, MOST_ROWS_OF_MESSAGE);
        ChannelFuture binding = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    "farwatch.jt809.port: cannot listen on %s, TCP port %d: %s"
                            .formatted(
                                    settings.host(),
                                    settings.port(),
                                    binding.cause().getMessage()),
                    binding.cause());
        }
        listener = binding.channel();
        return (InetSocketAddress) listener.localAddress();
    }

    private void accept(Channel channel) {
        if (connections.incrementAndGet() > settings.maxConnections()) {
            connections.decrementAndGet();
            reportWithoutBytes(
                    FaultKind.OVER_LIMIT,
                    String.valueOf(channel.remoteAddress()),
                    "connections: farwatch.jt809.max-connections is " + settings.maxConnections());
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> connections.decrementAndGet());
        channel.pipeline().addLast(new MainLink(this, rows).socket());
    }

    /** Stops accepting and reading, waits until what was read is stored, at most ten seconds, then closes the links. */
    @Override
    public void close() {
        if (listener == null) {
            return;
        }
        listener.close().awaitUninterruptibly();
        try {
            rows.close().get(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.warn("jt809: closed while positions were still with the store");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        links.values().forEach(link -> link.end("this platform is being stopped"));
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Ends the link of a platform that was changed or may not log in any more; it may log in again by what holds now. */
    public void expel(long accessCode) {
        MainLink link = links.get(accessCode);
        if (link != null) {
            link.end("the platform's registration was changed");
        }
    }

    /** How the link to this platform stands; of one that never came, empty. */
    public PlatformTally tally(long platformId) {
        return tallies.computeIfAbsent(platformId, _ -> new PlatformTally());
    }

    /** Connections open now, logged in or not. */
    public int connections() {
        return connections.get();
    }

    /** Platforms that are logged in now. */
    public int platformsOnline() {
        return links.size();
    }

    PlatformTally tally(LowerPlatform platform) {
        return tally(platform.id());
    }

    /** A platform has logged in; an older connection of it is ended. On the event loop. */
    void begin(MainLink link) {
        MainLink old = links.put(link.platform().accessCode(), link);
        if (old != null && old != link) {
            old.end("the platform logged in again");
        }
    }

    void end(MainLink link) {
        if (links.remove(link.platform().accessCode(), link)) {
            link.tally().connectedSince = null;
        }
    }

    /** Runs on the loop unless it has ended, and with it everything that the task could be for. */
    void onLoop(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            LOG.debug("jt809: stopped before an answer came");
        }
    }

    Class<? extends Channel> clientType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Jt809Settings settings() {
        return settings;
    }

    PlatformDirectory platforms() {
        return platforms;
    }

    DeviceDirectory devices() {
        return devices;
    }

    Clock clock() {
        return clock;
    }

    void count(FaultKind kind) {
        faults.count(Protocol.JT809, kind);
    }

    void report(FaultKind kind, String origin, String reason, Frame frame) {
        faults.report(Protocol.JT809, kind, origin, reason, frame.bytes(), 0, frame.length());
    }

    void reportWithoutBytes(FaultKind kind, String origin, String reason) {
        faults.report(Protocol.JT809, kind, origin, reason, new byte[0], 0, 0);
    }

    /** Counts, names it in the link's state, keeps the frame for support staff. */
    void refuse(LowerPlatform platform, FaultKind kind, String reason, Frame frame) {
        tally(platform).lastError = reason;
        keep(platform, kind, reason, frame);
    }

    /** Counts and keeps a frame that is nobody's mistake, or is too frequent to be named. */
    void keep(LowerPlatform platform, FaultKind kind, String reason, Frame frame) {
        report(kind, platform.name(), reason, frame);
        undecoded.keep(Protocol.JT809, platform.name(), clock.instant(), reason, frame.copy());
    }
}

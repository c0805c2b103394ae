package org.farwatch.ingest.jt808;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.TerminalSink;
import org.farwatch.ingest.TwinPort;
import org.farwatch.ingest.UndecodedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for vehicle terminals on TCP and UDP, stores what they send through the sinks, and answers them. Uses epoll where the
 * native library loads, NIO elsewhere.
 *
 * <p>{@link #start} and {@link #close} may be called once each, from any thread.
 */
public final class Jt808Server implements AutoCloseable {
    /** How long {@link #close} waits for positions that the sink still works on. */
    public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    /** Room in the kernel for datagrams that come in a burst. */
    private static final int DATAGRAM_BUFFER = 1 << 20;

    /** The longest frame, every byte escaped, with room to spare; longer datagrams are cut and fail their checksum. */
    private static final int MAX_DATAGRAM = 8 * 1024;

    /** How often within the silence that lets missing packages be asked for it is looked whether it is over. */
    private static final int SILENCE_CHECKS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Jt808Server.class);

    private final Jt808Settings settings;
    private final DeviceDirectory directory;
    private final PositionSink positions;
    private final TerminalSink sink;
    private final RowBudget budget;
    private final UndecodedSink undecoded;
    private final Faults faults;
    private final Clock clock;
    private final Jt808Counters counters = new Jt808Counters();
    private final Sessions sessions;
    private final Reassembly reassembly;
    private final TerminalCommands commands;
    private final IdentityHashMap<EventLoop, RowCollector> collectors = new IdentityHashMap<>();
    private EventLoopGroup group;
    private Channel listener;
    private Channel datagrams;

    public Jt808Server(
            Jt808Settings settings,
            DeviceDirectory directory,
            PositionSink positions,
            TerminalSink sink,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.positions = positions;
        this.sink = sink;
        this.budget = budget;
        this.undecoded = undecoded;
        this.faults = faults;
        this.clock = clock;
        sessions = new Sessions(directory, clock, counters);
        reassembly = new Reassembly(settings.packages(), this::givenUp);
        commands = new TerminalCommands(sessions, settings.commands());
    }

    /**
     * Binds the port, for TCP and UDP, and begins to accept.
     *
     * @return the address bound, with the port that the system chose when the setting is 0
     * @throws IOException naming setting, address and port when it cannot be bound
     */
    public InetSocketAddress start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        group = new MultiThreadIoEventLoopGroup(
                settings.eventLoopThreads(), new DefaultThreadFactory("jt808", true), io);
        for (EventExecutor loop : group) {
            EventLoop eventLoop = (EventLoop) loop;
            collectors.put(
                    eventLoop, new RowCollector(eventLoop, positions, budget, counters, settings.maxFrameLength()));
        }
        TwinPort ports = ports(epoll, type);
        listener = ports.tcp();
        datagrams = ports.udp();
        long period = Math.max(1, settings.packages().silence().toMillis() / SILENCE_CHECKS);
        var _ = group.next().scheduleAtFixedRate(this::askForMissing, period, period, TimeUnit.MILLISECONDS);
        return (InetSocketAddress) listener.localAddress();
    }

    private TwinPort ports(boolean epoll, Class<? extends ServerChannel> type) throws IOException {
        try {
            return TwinPort.bind(
                    "farwatch.jt808.port",
                    settings.host(),
                    settings.port(),
                    address -> bindTcp(type, address),
                    address -> bindUdp(epoll, address));
        } catch (IOException e) {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private void askForMissing() {
        for (Reassembly.Question question : reassembly.overdue(System.nanoTime())) {
            counters.askedAgain.increment();
            Piece begun = question.begun();
            if (begun.inBody()) {
                question.origin().askForMedia(this, begun.first(), true, question.missing());
            } else {
                question.origin().askForPackages(this, begun.first(), question.missing());
            }
        }
    }

    private void givenUp(Reassembly.GivenUp message) {
        String reason = "message %04x given up: %s".formatted(message.messageId(), message.reason());
        faults.report(Protocol.JT808, FaultKind.GIVEN_UP, message.phone(), reason, new byte[0], 0, 0);
    }

    private ChannelFuture bindTcp(Class<? extends ServerChannel> type, InetSocketAddress address) {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
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
        EventLoop eventLoop = group.next();
        return new Bootstrap()
                .group(eventLoop)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, DATAGRAM_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new DatagramPort(this, collectors.get(eventLoop)))
                .bind(address);
    }

    private void accept(Channel channel) {
        if (counters.openConnections.incrementAndGet() > settings.maxConnections()) {
            counters.openConnections.decrementAndGet();
            faults.report(
                    Protocol.JT808,
                    FaultKind.OVER_LIMIT,
                    String.valueOf(channel.remoteAddress()),
                    "connections: farwatch.jt808.max-connections is " + settings.maxConnections(),
                    new byte[0],
                    0,
                    0);
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> counters.openConnections.decrementAndGet());
        channel.pipeline().addLast(new Connection(this, collectors.get(channel.eventLoop())));
    }

    /**
     * Stops accepting and reading, waits at most {@link #DRAIN_TIMEOUT} until all positions read are stored and
     * answered, then closes the connections. What was not answered by then comes again.
     */
    @Override
    public void close() {
        if (datagrams == null) {
            return;
        }
        listener.close().awaitUninterruptibly();
        await(
                collectors.values().stream().map(RowCollector::close),
                DRAIN_TIMEOUT,
                "positions were still with the store, their terminals will send them again");
        await(
                collectors.values().stream().map(RowCollector::closeConnections),
                DRAIN_TIMEOUT,
                "connections were still open");
        datagrams.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static void await(Stream<CompletableFuture<Void>> all, Duration atMost, String otherwise) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.warn("closed after {} s: {}", atMost.toSeconds(), otherwise);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** For metrics. */
    public Jt808Counters counters() {
        return counters;
    }

    /** For asking something of a terminal. */
    public TerminalCommands commands() {
        return commands;
    }

    /** Terminals that are connected and admitted now. */
    public int terminalsOnline() {
        return sessions.size();
    }

    /** Bytes of unfinished long messages, and of photographs that are being stored. */
    public long packageBytes() {
        return reassembly.bytes();
    }

    Reassembly reassembly() {
        return reassembly;
    }

    TerminalSink sink() {
        return sink;
    }

    Jt808Settings settings() {
        return settings;
    }

    DeviceDirectory directory() {
        return directory;
    }

    Sessions sessions() {
        return sessions;
    }

    UndecodedSink undecoded() {
        return undecoded;
    }

    Clock clock() {
        return clock;
    }

    void count(FaultKind kind) {
        faults.count(Protocol.JT808, kind);
    }

    void report(FaultKind kind, String device, String reason, Frame frame) {
        faults.report(Protocol.JT808, kind, device, reason, frame.bytes(), 0, frame.length());
    }
}

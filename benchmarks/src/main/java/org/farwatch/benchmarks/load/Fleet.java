package org.farwatch.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** The terminals of a {@link LoadPlan}: connects them, sends, and says exactly what they were told. */
public final class Fleet implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final Duration CONNECT_WAIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

    private final LoadPlan plan;
    private final EventLoopGroup group;
    private final List<LoadLoop> loops = new ArrayList<>();
    private long began;

    /** @param threads that drive the terminals */
    public Fleet(LoadPlan plan, int threads) {
        this.plan = plan;
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("load", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
        for (int i = 0; i < threads; i++) {
            loops.add(new LoadLoop(group.next(), bootstrap, plan, i));
        }
        for (int i = 0; i < plan.terminals(); i++) {
            loops.get(i % threads).add(i);
        }
    }

    /**
     * Connects everybody, sends for the plan's duration, and waits for the last answers.
     *
     * @throws IllegalStateException when not all connect in time
     */
    public LoadResult run() throws InterruptedException {
        start();
        TimeUnit.NANOSECONDS.sleep(plan.duration().toNanos());
        return finish(ANSWER_WAIT);
    }

    /**
     * Connects everybody and begins to send.
     *
     * @throws IllegalStateException when not all connect in time
     */
    public void start() throws InterruptedException {
        loops.forEach(loop -> on(loop, () -> start(loop)));
        if (!await(CONNECT_WAIT, () -> sum(LoadLoop::connected) == plan.terminals())) {
            throw new IllegalStateException("not all terminals connected within " + CONNECT_WAIT);
        }
        began = System.nanoTime();
        loops.forEach(loop -> on(loop, () -> begin(loop)));
    }

    /**
     * Begins nothing new and sends what is not acknowledged until it is, at most for so long; then all is over.
     *
     * @return {@link LoadResult#positions} are more than {@link LoadResult#acknowledged} when that was too short
     */
    public LoadResult finish(Duration most) throws InterruptedException {
        loops.forEach(LoadLoop::settle);
        long atEnd = acknowledged();
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] last = {-1};
        await(most, () -> {
            long before = last[0];
            last[0] = acknowledged();
            return plan.heartbeatsOnly() ? last[0] == before : last[0] == positions();
        });
        loops.forEach(LoadLoop::end);
        return result(seconds, atEnd);
    }

    private static Void start(LoadLoop loop) {
        loop.start();
        return null;
    }

    private static Void begin(LoadLoop loop) {
        loop.begin();
        return null;
    }

    /** Positions that terminals were told are stored, until now; answers where they send heartbeats. */
    public long acknowledged() {
        return sum(loop -> plan.heartbeatsOnly()
                ? loop.answers
                : loop.terminals().stream()
                        .mapToLong(terminal -> terminal.acknowledged().cardinality())
                        .sum());
    }

    private long positions() {
        return sum(
                loop -> loop.terminals().stream().mapToLong(LoadTerminal::begun).sum());
    }

    private LoadResult result(double seconds, long atEnd) {
        Latencies all = new Latencies();
        loops.forEach(loop -> on(loop, () -> {
            all.add(loop.latencies());
            return null;
        }));
        return new LoadResult(
                plan.terminals(),
                seconds,
                sum(loop -> loop.sent),
                positions(),
                acknowledged(),
                sum(loop -> loop.refused),
                sum(loop -> loop.connects),
                sum(loop -> loop.failedConnects),
                sum(loop -> loop.broken),
                -1,
                atEnd / seconds,
                all.millis(0.5),
                all.millis(0.99),
                all.millis(0.999),
                all.millis(1));
    }

    /** How many of the acknowledged positions the table has; compare with {@link LoadResult#acknowledged}. */
    public long stored(Connection database) throws SQLException {
        try (PreparedStatement select = database.prepareStatement("""
                select distinct round(extract(epoch from fix_time - ?))::int from position
                join device on no = device_no where protocol = 'jt808' and protocol_id = ?""")) {
            select.setTimestamp(1, new Timestamp(plan.start()));
            return stored(phone -> numbers(select, phone));
        }
    }

    private static BitSet numbers(PreparedStatement select, String phone) throws SQLException {
        BitSet there = new BitSet();
        select.setString(2, phone);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                int number = rows.getInt(1);
                if (number >= 0) {
                    there.set(number);
                }
            }
        }
        return there;
    }

    /** The same for a table that is asked by phone for the numbers of the positions that it has. */
    <E extends Exception> long stored(Table<E> table) throws E {
        long found = 0;
        for (LoadLoop loop : loops) {
            for (LoadTerminal terminal : loop.terminals()) {
                BitSet there = table.numbers(terminal.phone());
                there.and(on(loop, () -> (BitSet) terminal.acknowledged().clone()));
                found += there.cardinality();
            }
        }
        return found;
    }

    /** @param <E> what asking may throw */
    @FunctionalInterface
    interface Table<E extends Exception> {
        BitSet numbers(String phone) throws E;
    }

    private long sum(ToLongFunction<LoadLoop> figure) {
        long all = 0;
        for (LoadLoop loop : loops) {
            all += on(loop, () -> figure.applyAsLong(loop));
        }
        return all;
    }

    /** Asks a loop's own thread, so that nothing has to be shared. */
    private static <T> T on(LoadLoop loop, Callable<T> question) {
        EventLoop eventLoop = loop.eventLoop();
        return eventLoop.submit(question).syncUninterruptibly().getNow();
    }

    /** @return whether it became true in time */
    private static boolean await(Duration most, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    @Override
    public void close() {
        loops.forEach(LoadLoop::end);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

package org.farwatch.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.jt808.FrameWriter;

/** The terminals of one event loop and what they count together; everything here is the loop's. */
final class LoadLoop {
    private static final long TICK_MILLIS = 10;
    private static final int CONNECTS_A_TICK = 20;

    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final LoadPlan plan;
    private final List<LoadTerminal> terminals = new ArrayList<>();
    private final FrameWriter writer = new FrameWriter();
    private final byte[] scratch = new byte[16 * 1024];
    private final Random random;
    private Latencies latencies = new Latencies();
    private long began;
    private int started;
    private volatile boolean settling;
    private volatile boolean ended;

    long sent;
    long answers;
    long refused;
    long connects;
    long failedConnects;
    long broken;

    LoadLoop(EventLoop eventLoop, Bootstrap bootstrap, LoadPlan plan, int number) {
        this.eventLoop = eventLoop;
        this.bootstrap = bootstrap.clone().group(eventLoop);
        this.plan = plan;
        random = new Random(number);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    FrameWriter writer() {
        return writer;
    }

    byte[] scratch() {
        return scratch;
    }

    Latencies latencies() {
        return latencies;
    }

    List<LoadTerminal> terminals() {
        return terminals;
    }

    boolean ended() {
        return ended;
    }

    void add(int index) {
        terminals.add(new LoadTerminal(this, plan, index));
    }

    /** Connects, some at a time. */
    void start() {
        var _ = eventLoop.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    long connected() {
        return terminals.stream().filter(LoadTerminal::connected).count();
    }

    /** From now on positions or heartbeats are sent and times are taken. */
    void begin() {
        latencies = new Latencies();
        began = System.nanoTime();
        long spread = plan.heartbeat().toNanos();
        for (LoadTerminal terminal : terminals) {
            terminal.beatFrom(began - random.nextLong(spread));
        }
    }

    /** Nothing new is sent and no connection broken; what is not acknowledged is sent until it is. */
    void settle() {
        settling = true;
    }

    /** Nothing is sent; what is out may still be answered. */
    void end() {
        ended = true;
    }

    private void tick() {
        int most = Math.min(terminals.size(), started + CONNECTS_A_TICK);
        while (started < most) {
            terminals.get(started++).connect();
        }
        if (began == 0 || ended) {
            return;
        }
        long now = System.nanoTime();
        for (LoadTerminal terminal : terminals) {
            if (plan.heartbeatsOnly()) {
                terminal.beat(now);
            } else {
                sendNow(terminal, now);
            }
        }
        if (!settling) {
            breakSome();
        }
    }

    void sendNow(LoadTerminal terminal, long now) {
        if (began != 0 && !ended) {
            terminal.send(settling ? terminal.begun() : due(terminal, now), now);
        }
    }

    /** Positions that a terminal should have sent by now; their times are spread, as those of real ones are. */
    private int due(LoadTerminal terminal, long now) {
        return plan.rate() == 0
                ? Integer.MAX_VALUE
                : (int) ((now - began) / 1e9 * plan.rate() / plan.terminals() + terminal.phase());
    }

    private void breakSome() {
        double expected = terminals.size() * plan.loss() * TICK_MILLIS / 60_000.0;
        while (expected > 0 && random.nextDouble() < expected) {
            terminals.get(random.nextInt(terminals.size())).breakConnection();
            expected -= 1;
        }
    }
}

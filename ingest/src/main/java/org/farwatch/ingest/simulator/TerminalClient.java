package org.farwatch.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.nio.charset.Charset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vehicle terminal over a real TCP connection: registers, authenticates, sends heartbeats and positions, and keeps
 * every position until the platform has acknowledged it. What it took while cut off, and what was under way when the
 * connection broke, goes out as 0x0704 after it has reconnected, so a position may arrive twice but not never.
 *
 * <p>Each terminal lives on one event loop of a group that hundreds share. Its methods may be called by any thread.
 */
public final class TerminalClient implements AutoCloseable {
    /** Told of every position that the platform acknowledged. On the terminal's event loop; must not block. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param fixMillis as taken, milliseconds since 1970 UTC
         * @param serial of the message that carried it
         */
        void onAcknowledged(long fixMillis, int serial);
    }

    /** Where the terminal is in the order of JT/T 808 5.3. */
    public enum State {
        /** Not connected: before the start, between two tries, or cut off. */
        OFFLINE,
        REGISTERING,
        AUTHENTICATING,
        ONLINE,
        CLOSED
    }

    private static final Charset GBK = Charset.forName("GBK");
    private static final Logger LOG = LoggerFactory.getLogger(TerminalClient.class);
    private static final int OK = 0;
    private static final int FAILURE = 1;

    private final TerminalSettings settings;
    private final Listener listener;
    private final EventLoop eventLoop;
    private final TerminalLink link;
    private final TerminalMessages messages;
    private final TerminalAnswers answers;
    private final TerminalMemory memory;
    /** Null when it has no cameras. */
    private final TerminalVideo video;

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private volatile State state = State.OFFLINE;
    private Future<?> tick;
    private String code;
    private long loginDue;
    private long lastSent;
    private int serial;

    /**
     * @param group from {@link #newGroup}; shared, closed by whoever made it
     * @param listener may be called while the terminal is being closed
     */
    public TerminalClient(EventLoopGroup group, TerminalSettings settings, Listener listener) {
        this(group, settings, listener, null);
    }

    /**
     * A terminal with cameras.
     *
     * @param video closed with the terminal; null when it has none
     */
    public TerminalClient(EventLoopGroup group, TerminalSettings settings, Listener listener, TerminalVideo video) {
        this.video = video;
        this.settings = settings;
        this.listener = listener;
        eventLoop = group.next();
        link = new TerminalLink(group, eventLoop, settings, new Protocol());
        messages = new TerminalMessages(settings.layout(), settings.phone());
        answers = new TerminalAnswers(settings.layout(), settings.phone(), messages, this::nextSerial, video);
        memory = new TerminalMemory(settings.memory(), settings.batch(), settings.layout() != Layout.V2011);
        code = settings.code();
    }

    /** Event loops for terminals, epoll where the native library loads; daemon threads. */
    public static EventLoopGroup newGroup(int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("terminal", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** Connects, and goes on connecting whenever the connection is lost, until it is closed. */
    public TerminalClient start() {
        eventLoop.execute(() -> {
            if (state != State.CLOSED && tick == null) {
                long shortest = Math.min(
                        settings.replyTimeout().toMillis(), settings.heartbeat().toMillis());
                long period = Math.clamp(shortest / 4, 10, 1000);
                tick = eventLoop.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
                link.connect();
            }
        });
        return this;
    }

    /** Takes a position: sent at once when connected, else kept and sent later. */
    public void report(TerminalPosition position) {
        eventLoop.execute(() -> {
            memory.add(position, state == State.ONLINE);
            answers.at(position);
            sendPositions();
        });
    }

    /** Leaves the network, as in a tunnel, or comes back to it. */
    public void cutOff(boolean off) {
        eventLoop.execute(() -> link.cutOff(off));
    }

    /** Closes for good; positions not acknowledged are lost. */
    @Override
    public void close() {
        eventLoop.execute(() -> {
            state = State.CLOSED;
            if (tick != null) {
                tick.cancel(false);
            }
            link.close();
            if (video != null) {
                video.close();
            }
        });
    }

    public State state() {
        return state;
    }

    public String phone() {
        return settings.phone();
    }

    /** Positions that the platform acknowledged with success. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Positions that the platform will not take (result 2 or 3); not sent again. */
    public long refused() {
        return refused.get();
    }

    /** Messages sent again because no answer came. */
    public long resent() {
        return resent.get();
    }

    /** Positions taken and not acknowledged yet. Waits for the event loop. */
    public int waiting() {
        return eventLoop.submit(memory::waiting).syncUninterruptibly().getNow();
    }

    /** Positions lost because the memory was full. Waits for the event loop. */
    public long overwritten() {
        return eventLoop.submit(memory::overwritten).syncUninterruptibly().getNow();
    }

    private void logIn() {
        loginDue = System.nanoTime() + settings.replyTimeout().toNanos();
        ByteBuf out = link.buffer();
        if (code.isEmpty()) {
            state = State.REGISTERING;
            messages.register(nextSerial(), out);
        } else {
            state = State.AUTHENTICATING;
            messages.authenticate(nextSerial(), code, out);
        }
        send(out);
    }

    private void registered(byte[] bytes, int at, int length) {
        if (bytes[at + 2] == OK) {
            code = new String(bytes, at + 3, length - 3, GBK);
            logIn();
        } else {
            LOG.debug("{} not registered: result {}", settings.phone(), bytes[at + 2]);
            link.disconnect();
        }
    }

    private void answered(int answeredSerial, int messageId, int result) {
        switch (messageId) {
            case MessageId.AUTHENTICATE -> {
                if (result == OK) {
                    state = State.ONLINE;
                    link.proven();
                    sendPositions();
                } else {
                    code = "";
                    link.disconnect();
                }
            }
            case MessageId.LOCATION, MessageId.LOCATION_BATCH -> {
                if (result == FAILURE) {
                    // Not let in any more: log in again and send it then.
                    link.disconnect();
                } else {
                    positionsAnswered(memory.answered(answeredSerial, messageId), result);
                }
            }
            default -> {
                // A heartbeat's answer: the link lives.
            }
        }
    }

    private void positionsAnswered(TerminalMemory.Sent sent, int result) {
        if (sent != null && result == OK) {
            acknowledged.addAndGet(sent.positions.size());
            for (TerminalPosition position : sent.positions) {
                listener.onAcknowledged(position.fixMillis(), sent.serial);
            }
        } else if (sent != null) {
            refused.addAndGet(sent.positions.size());
        }
        sendPositions();
    }

    private void sendPositions() {
        if (state != State.ONLINE) {
            return;
        }
        ByteBuf out = null;
        while (memory.messagesUnderWay() < settings.window()) {
            TerminalMemory.Sent sent = memory.next(serial);
            if (sent == null) {
                break;
            }
            nextSerial();
            sent.dueNanos = System.nanoTime() + settings.replyTimeout().toNanos();
            out = out == null ? link.buffer() : out;
            messages.positions(sent.messageId, sent.serial, sent.positions, out);
        }
        if (out != null) {
            send(out);
        }
    }

    /** Sends again what was not answered (by JT/T 808 each wait is longer by its number), and heartbeats. */
    private void tick() {
        long now = System.nanoTime();
        boolean loggingIn = state == State.REGISTERING || state == State.AUTHENTICATING;
        if (loggingIn && now - loginDue >= 0) {
            link.disconnect();
        }
        if (state != State.ONLINE) {
            return;
        }
        for (TerminalMemory.Sent sent : memory.underWay()) {
            if (now - sent.dueNanos < 0) {
                continue;
            }
            if (sent.tries == settings.tries()) {
                LOG.debug("{} no answer to {} tries", settings.phone(), sent.tries);
                link.disconnect();
                return;
            }
            sent.tries++;
            sent.dueNanos = now + settings.replyTimeout().toNanos() * sent.tries;
            ByteBuf out = link.buffer();
            messages.positions(sent.messageId, sent.serial, sent.positions, out);
            resent.incrementAndGet();
            send(out);
        }
        if (now - lastSent >= settings.heartbeat().toNanos()) {
            ByteBuf out = link.buffer();
            messages.heartbeat(nextSerial(), out);
            send(out);
        }
    }

    private void send(ByteBuf out) {
        lastSent = System.nanoTime();
        link.send(out);
    }

    private int nextSerial() {
        int now = serial;
        serial = (serial + 1) & 0xFFFF;
        return now;
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private final class Protocol implements TerminalLink.Events {
        @Override
        public void connected() {
            logIn();
        }

        @Override
        public void received(Frame frame) {
            byte[] bytes = frame.bytes();
            int at = frame.bodyOffset();
            int length = frame.bodyLength();
            if (frame.fault() != null) {
                LOG.warn("{} bad frame from the platform: {}", settings.phone(), frame.reason());
            } else if (frame.messageId() == MessageId.PLATFORM_REPLY && length >= 5) {
                answered(word(bytes, at), word(bytes, at + 2), bytes[at + 4]);
            } else if (frame.messageId() == MessageId.REGISTER_REPLY && length >= 3) {
                registered(bytes, at, length);
            } else {
                ByteBuf out = link.buffer();
                answers.answer(frame, out);
                send(out);
            }
        }

        @Override
        public void disconnected() {
            memory.connectionLost();
            if (state != State.CLOSED) {
                state = State.OFFLINE;
            }
        }
    }
}

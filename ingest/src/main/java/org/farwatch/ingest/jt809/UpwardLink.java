package org.farwatch.ingest.jt809;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.jt809.UpwardSettings.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * We as the subordinate of a city platform: logs in, sends what waits in the queue, and comes back with growing pauses
 * when the link breaks.
 *
 * <p>JT/T 809 acknowledges no position. So a keepalive (0x1005) follows each batch: TCP keeps the order, so its answer
 * proves that the city platform has read all that went before. Only then does the queue forget the batch. When the link
 * dies earlier the whole batch is sent again: nothing is missing at the other end, and what comes twice is at most one
 * batch of {@link #BATCH} for each break.
 *
 * <p>One thread does everything in turn; another only watches that it is not stuck.
 */
public final class UpwardLink implements AutoCloseable {
    /** Positions between two keepalives at most. */
    static final int BATCH = 500;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_FRAME = 65_536;
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(UpwardLink.class);

    private final UpwardSettings settings;
    private final UpwardQueue queue;
    private final Clock clock;
    private final UpwardTally tally = new UpwardTally();
    private final SuperiorMessages messages;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final byte[] chunk = new byte[8 * 1024];
    private final Thread thread;
    private volatile Socket socket;
    private volatile long busySince;
    private FrameReader reader;
    private int read;
    private int looked;

    /** Positions of the next batch: fewer after a break, so that a link that never holds for long still gets on. */
    private int window = BATCH;

    public UpwardLink(UpwardSettings settings, UpwardQueue queue, Faults faults, UndecodedSink undecoded, Clock clock) {
        this.settings = settings;
        this.queue = queue;
        this.clock = clock;
        messages = new SuperiorMessages(settings, tally, faults, undecoded, clock);
        thread = Thread.ofPlatform().daemon().name("jt809-up-" + settings.id()).unstarted(this::run);
    }

    public void start() {
        thread.start();
        Thread.ofVirtual().name("jt809-watch-" + settings.id()).start(this::watch);
    }

    public UpwardTally tally() {
        return tally;
    }

    public UpwardSettings settings() {
        return settings;
    }

    private void run() {
        Timing timing = settings.timing();
        long pause = timing.firstPause().toMillis();
        SlavePort slave = null;
        while (closed.getCount() > 0) {
            try {
                if (slave == null && settings.downPort() != 0) {
                    slave = new SlavePort(settings, messages, tally);
                }
                session();
            } catch (IOException | RuntimeException e) {
                if (closed.getCount() > 0) {
                    tally.breaks.increment();
                    window = Math.max(1, window / 4);
                    tally.lastError = e.getMessage() == null ? e.toString() : e.getMessage();
                    LOG.info("{}: {}", settings, tally.lastError);
                }
            } finally {
                // A session that got through deserves a quick return.
                pause = tally.connectedSince == null
                        ? pause
                        : timing.firstPause().toMillis();
                tally.connectedSince = null;
                disconnect();
            }
            try {
                if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException _) {
                break;
            }
            pause = Math.min(timing.longestPause().toMillis(), pause * 2);
        }
        if (slave != null) {
            slave.close();
        }
    }

    private void session() throws IOException {
        busySince = System.nanoTime();
        reader = new FrameReader(MAX_FRAME);
        read = 0;
        looked = 0;
        Socket opened = new Socket();
        socket = opened;
        opened.setTcpNoDelay(true);
        opened.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_MILLIS);
        FrameWriter writer = messages.writer();
        OutputStream out = opened.getOutputStream();
        login(writer, out);
        UpwardWriter positions = new UpwardWriter(writer, settings.edition(), settings.accessCode());
        Timing timing = settings.timing();
        long spoke = System.nanoTime();
        while (closed.getCount() > 0) {
            List<UpwardPosition> batch = queue.next(window);
            if (!batch.isEmpty()) {
                busySince = System.nanoTime();
                out.write(positions.messages(batch));
                tally.sent.add(batch.size());
            }
            if (!batch.isEmpty()
                    || System.nanoTime() - spoke >= timing.keepAlive().toNanos()) {
                busySince = System.nanoTime();
                out.write(writer.begin(MessageId.KEEPALIVE).end());
                await(MessageId.KEEPALIVE_REPLY, writer, out);
                spoke = System.nanoTime();
            }
            if (!batch.isEmpty()) {
                queue.delivered(batch);
                tally.delivered.add(batch.size());
            }
            busySince = 0;
            boolean idle = batch.size() < window;
            window = Math.min(BATCH, window * 2);
            if (idle) {
                listen(writer, out, timing.poll());
            }
        }
        out.write(writer.begin(MessageId.LOGOUT)
                .putDword(settings.userId())
                .putText(settings.password(), Login.PASSWORD_BYTES)
                .end());
    }

    private void login(FrameWriter writer, OutputStream out) throws IOException {
        Login login = new Login(settings.userId(), settings.password(), settings.downAddress(), settings.downPort());
        out.write(login.write(writer, settings.edition(), settings.accessCode()));
        Frame reply = await(MessageId.LOGIN_REPLY, writer, out);
        if (reply.bodyLength() < 5) {
            throw new IOException("the answer to the login is cut short");
        }
        LoginResult result = LoginResult.of(Wire.octet(reply.bytes(), reply.bodyOffset()));
        if (result != LoginResult.OK) {
            throw new IOException("the login was refused: " + result);
        }
        messages.verifyCode(Wire.dword(reply.bytes(), reply.bodyOffset() + 1));
        tally.connectedSince = clock.instant();
        tally.lastError = null;
        busySince = 0;
    }

    /** Reads until a message of this id has come, answering others; the watch ends it when that takes too long. */
    private Frame await(int messageId, FrameWriter writer, OutputStream out) throws IOException {
        socket.setSoTimeout(0);
        while (true) {
            Frame frame = frame();
            if (frame != null && take(frame, writer, out) && frame.messageId() == messageId) {
                return frame;
            }
        }
    }

    /** Takes what comes down until {@code wait} has passed. */
    private void listen(FrameWriter writer, OutputStream out, Duration wait) throws IOException {
        long until = System.nanoTime() + wait.toNanos();
        try {
            for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
                socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                Frame frame = frame();
                if (frame != null) {
                    take(frame, writer, out);
                }
            }
        } catch (SocketTimeoutException _) {
            // Nothing came down meanwhile.
        }
    }

    private boolean take(Frame frame, FrameWriter writer, OutputStream out) throws IOException {
        if (!messages.readable(frame)) {
            return false;
        }
        if (frame.messageId() == MessageId.DOWN_CLOSING) {
            throw new IOException("the city platform closed the link");
        }
        out.write(messages.answer(frame, writer));
        return true;
    }

    /** The next frame, null when the bytes that came hold none yet. */
    private Frame frame() throws IOException {
        if (looked == read) {
            InputStream in = socket.getInputStream();
            read = Math.max(0, in.read(chunk));
            looked = 0;
            if (read == 0) {
                throw new IOException("the city platform closed the connection");
            }
        }
        looked = reader.read(chunk, looked, read);
        return reader.complete() ? reader.frame() : null;
    }

    /** Breaks a link on which nothing moves: a blocked write has no timeout of its own. */
    private void watch() {
        long patience = settings.timing().patience().toNanos();
        try {
            while (!closed.await(Math.max(1, patience / 4), TimeUnit.NANOSECONDS)) {
                long since = busySince;
                if (since != 0 && System.nanoTime() - since >= patience) {
                    tally.lastError = "no answer within " + settings.timing().patience();
                    disconnect();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void disconnect() {
        Socket open = socket;
        busySince = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("{}: the socket did not close: {}", settings, e.getMessage());
            }
        }
    }

    /** Logs out if the link is idle; else breaks it. What was not delivered waits for the next time. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (busySince != 0 || !thread.join(settings.timing().poll().plus(Duration.ofMillis(500)))) {
                disconnect();
                thread.join(STOP_WAIT);
            }
        } catch (InterruptedException _) {
            disconnect();
            Thread.currentThread().interrupt();
        }
    }
}

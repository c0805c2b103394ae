package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.RowBudget;

/**
 * Gathers the positions of all connections of one event loop into batches, hands these to the sink, and answers the
 * terminals when the sink has reported a result for every row: an acknowledged position is a stored position.
 *
 * <p>Rows that come in one turn of the loop go in one batch. At most {@link #MAX_BATCHES} batches are with the sink at a
 * time; while they are, rows gather in the next one. When that is full too, or the {@link RowBudget} is spent, all
 * connections of the loop stop reading until there is room. Memory is therefore bounded whatever the database does:
 * {@code MAX_BATCHES + 1} batches a loop, recycled.
 *
 * <p>All state belongs to the event loop. In steady state nothing is allocated per message.
 */
final class RowCollector implements Runnable {
    /** Batches of one event loop that are with the sink at a time. */
    static final int MAX_BATCHES = 64;

    /** Bytes of a 0x8001 of 2019 when every byte has to be escaped. */
    private static final int REPLY_BYTES = 2 + 2 * (17 + 5 + 1);

    private static final int MIN_ITEM_BYTES = 2 + LocationBody.FIXED_BYTES;

    private final EventLoop eventLoop;
    private final PositionSink sink;
    private final RowBudget budget;
    private final Jt808Counters counters;
    private final int mostRowsOfMessage;
    private final FrameWriter writer = new FrameWriter();
    private final byte[] scratch = new byte[16 * 1024];
    private final LocationBody locationBody = new LocationBody();
    private final ArrayDeque<PendingRows> idle = new ArrayDeque<>(MAX_BATCHES);
    private final List<Connection> connections = new ArrayList<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private PendingRows current;
    private int withSink;
    private boolean turnScheduled;
    private boolean budgetSpent;
    private boolean paused;
    private boolean closing;

    RowCollector(EventLoop eventLoop, PositionSink sink, RowBudget budget, Jt808Counters counters, int maxFrameLength) {
        this.eventLoop = eventLoop;
        this.sink = sink;
        this.budget = budget;
        this.counters = counters;
        mostRowsOfMessage = maxFrameLength / MIN_ITEM_BYTES + 1;
        current = new PendingRows(this, capacity());
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** For one message at a time; nothing in it survives the handling of a message. */
    FrameWriter writer() {
        return writer;
    }

    /** For copying what a socket delivered; valid during one read. */
    byte[] scratch() {
        return scratch;
    }

    LocationBody locationBody() {
        return locationBody;
    }

    /** The batch to which the rows of the next message are appended: it has room for the largest message. */
    PositionBatch rows() {
        if (current.rows.capacity() - current.rows.size() < mostRowsOfMessage) {
            handOver();
        }
        return current.rows;
    }

    /** The same for a message that was put together of several packages and has so many bytes. */
    PositionBatch rowsOfLongMessage(int bytes) {
        int most = bytes / MIN_ITEM_BYTES + 1;
        if (most > mostRowsOfMessage) {
            if (!current.rows.isEmpty()) {
                handOver();
            }
            current = new PendingRows(this, most + mostRowsOfMessage);
        }
        return rows();
    }

    /** The rows from {@code first} on came in this message; its answer is due when they are stored. */
    void due(Session session, Frame frame, int first) {
        current.due(session, frame, first);
        if (!turnScheduled) {
            turnScheduled = true;
            eventLoop.execute(this);
        }
        if (withSink == MAX_BATCHES && current.rows.capacity() - current.rows.size() < mostRowsOfMessage) {
            pause();
        }
    }

    /** Whether messages must wait, or be dropped where they cannot. */
    boolean paused() {
        return paused || closing;
    }

    void add(Connection connection) {
        connections.add(connection);
        if (closing) {
            connection.pause(Connection.CLOSING);
        } else if (paused) {
            connection.pause(Connection.NO_ROOM);
        }
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    /** The end of the turn in which the first row of the present batch was read. */
    @Override
    public void run() {
        turnScheduled = false;
        if (!current.rows.isEmpty() && withSink < MAX_BATCHES) {
            handOver();
        }
    }

    private void handOver() {
        PendingRows full = current;
        PendingRows next = idle.poll();
        current = next == null ? new PendingRows(this, capacity()) : next;
        withSink++;
        int rows = full.rows.size();
        counters.rows.add(rows);
        if (!budget.take(rows) && !budgetSpent) {
            budgetSpent = true;
            pause();
            budget.whenRoom(this::roomAgain);
        }
        boolean accepted = false;
        try {
            sink.accept(full.rows, full);
            accepted = true;
        } finally {
            if (!accepted) {
                // Nobody will report on these rows: unanswered, they come again.
                withSink--;
                budget.give(rows);
            }
        }
    }

    /** Any thread. */
    private void roomAgain() {
        try {
            eventLoop.execute(() -> {
                budgetSpent = false;
                resume();
            });
        } catch (RejectedExecutionException _) {
            // The server was closed meanwhile: nobody is left to read.
        }
    }

    private void pause() {
        if (!paused) {
            paused = true;
            counters.pauses.increment();
            for (Connection connection : connections) {
                connection.pause(Connection.NO_ROOM);
            }
        }
    }

    private void resume() {
        boolean noBatch = withSink == MAX_BATCHES && current.rows.capacity() - current.rows.size() < mostRowsOfMessage;
        if (!paused || budgetSpent || noBatch) {
            return;
        }
        paused = false;
        // A connection may close, and others may pause again, while the list is walked.
        for (Connection connection : List.copyOf(connections)) {
            if (paused) {
                connection.pause(Connection.NO_ROOM);
            } else {
                connection.resume(Connection.NO_ROOM);
            }
        }
    }

    /** The sink has set a result for every row. On the event loop. */
    void stored(PendingRows batch) {
        int rows = batch.rows.size();
        try {
            answer(batch);
        } finally {
            withSink--;
            batch.clear();
            if (idle.size() < MAX_BATCHES && batch.rows.capacity() == capacity()) {
                idle.push(batch);
            }
            budget.give(rows);
        }
        if (!current.rows.isEmpty() && !turnScheduled) {
            handOver();
        }
        resume();
        drainedWhenEmpty();
    }

    /** Any thread: the event loop has ended before the sink reported. */
    void abandoned(PendingRows batch) {
        budget.give(batch.rows.size());
    }

    private void answer(PendingRows batch) {
        int next;
        long now = System.currentTimeMillis();
        for (int i = 0; i < batch.messages(); i = next) {
            Peer peer = batch.session(i).peer;
            next = i + 1;
            while (peer.streams() && next < batch.messages() && batch.session(next).peer == peer) {
                next++;
            }
            if (peer.isOpen()) {
                ByteBuf out = peer.buffer((next - i) * REPLY_BYTES);
                for (int message = i; message < next; message++) {
                    write(batch, message, out);
                    counters.ackTimes.add(now - batch.rows.receiveTime(batch.firstRow(message)));
                }
                peer.send(out);
                peer.flush();
            } else {
                counters.droppedAnswers.add(next - i);
            }
        }
    }

    private void write(PendingRows batch, int message, ByteBuf out) {
        int first = batch.firstRow(message);
        int end = batch.endRow(message);
        int refused = 0;
        for (int row = first; row < end; row++) {
            if (batch.rows.result(row) == StoreResult.REFUSED) {
                refused++;
            }
        }
        int taken = end - first - refused;
        counters.refusedRows.add(refused);
        counters.acknowledgedRows.add(taken);
        Session session = batch.session(message);
        Replies.general(
                writer,
                session,
                batch.v2019(message),
                batch.protocolVersion(message),
                batch.messageId(message),
                batch.serial(message),
                taken > 0 ? Replies.OK : Replies.BAD_MESSAGE);
        writer.end(out);
    }

    /** Stops reading and hands over what is there; completes when the sink has reported on everything. */
    CompletableFuture<Void> close() {
        eventLoop.execute(() -> {
            closing = true;
            for (Connection connection : connections) {
                connection.pause(Connection.CLOSING);
            }
            run();
            drainedWhenEmpty();
        });
        return drained;
    }

    /** Closes all connections; completes when they are closed. */
    CompletableFuture<Void> closeConnections() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        eventLoop.execute(() -> {
            for (Connection connection : List.copyOf(connections)) {
                connection.close();
            }
            closed.complete(null);
        });
        return closed;
    }

    private void drainedWhenEmpty() {
        if (closing && withSink == 0 && current.rows.isEmpty()) {
            drained.complete(null);
        }
    }

    private int capacity() {
        return Math.max(PositionBatch.DEFAULT_ROWS, 2 * mostRowsOfMessage);
    }
}

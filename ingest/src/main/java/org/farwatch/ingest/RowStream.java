package org.farwatch.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.farwatch.geo.PositionBatch;

/**
 * Gathers the positions of protocols that know no acknowledgement: the readers of one event loop append rows, those of
 * one turn go to the sink as one batch. At most {@link #MAX_BATCHES} batches are with the sink; when they are, or the
 * {@link RowBudget} is spent, the readers stop reading their sockets, so that memory stays flat and the sender's own
 * buffer fills. A row that was read is stored unless this process ends before; nobody could tell the sender.
 *
 * <p>All state belongs to the event loop.
 */
public final class RowStream implements Runnable {
    /** Batches with the sink at a time. */
    static final int MAX_BATCHES = 16;

    private final Executor eventLoop;
    private final PositionSink sink;
    private final RowBudget budget;
    private final int rowsOfMessage;
    private final int capacity;
    private final List<Reader> readers = new ArrayList<>();
    private final ArrayDeque<PositionBatch> idle = new ArrayDeque<>(MAX_BATCHES);
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private PositionBatch current;
    private int withSink;
    private boolean turnScheduled;
    private boolean budgetSpent;
    private boolean paused;
    private boolean closing;

    /** Something that reads a socket and can stop to. */
    public interface Reader {
        /** There is no room for more rows. */
        void pause();

        /** There is room again; may close this reader or any other, and append rows. */
        void resume();
    }

    /** @param rowsOfMessage the most rows that one message brings */
    public RowStream(Executor eventLoop, PositionSink sink, RowBudget budget, int rowsOfMessage) {
        this.eventLoop = eventLoop;
        this.sink = sink;
        this.budget = budget;
        this.rowsOfMessage = rowsOfMessage;
        capacity = Math.max(PositionBatch.DEFAULT_ROWS, 2 * rowsOfMessage);
        current = new PositionBatch(capacity);
    }

    public void add(Reader reader) {
        readers.add(reader);
        if (paused || closing) {
            reader.pause();
        }
    }

    public void remove(Reader reader) {
        readers.remove(reader);
    }

    /** The batch for the rows of the next message: it has room for the largest. {@link #appended} follows. */
    public PositionBatch rows() {
        if (noRoom()) {
            handOver();
        }
        return current;
    }

    /** Rows were appended to {@link #rows}. */
    public void appended() {
        if (!turnScheduled && !current.isEmpty()) {
            turnScheduled = true;
            eventLoop.execute(this);
        }
        if (withSink >= MAX_BATCHES && noRoom()) {
            pause();
        }
    }

    /** Whether a message must wait, or be dropped where it cannot. */
    public boolean paused() {
        return paused || closing;
    }

    private boolean noRoom() {
        return current.capacity() - current.size() < rowsOfMessage;
    }

    /** The end of the turn in which the first row of the present batch was read. */
    @Override
    public void run() {
        turnScheduled = false;
        if (!current.isEmpty() && withSink < MAX_BATCHES) {
            handOver();
        }
    }

    private void handOver() {
        PositionBatch full = current;
        PositionBatch next = idle.poll();
        current = next == null ? new PositionBatch(capacity) : next;
        withSink++;
        int rows = full.size();
        if (!budget.take(rows) && !budgetSpent) {
            budgetSpent = true;
            pause();
            budget.whenRoom(() -> onLoop(() -> {
                budgetSpent = false;
                resume();
            }));
        }
        boolean accepted = false;
        try {
            sink.accept(full, done -> {
                if (!onLoop(() -> stored(done))) {
                    budget.give(rows);
                }
            });
            accepted = true;
        } finally {
            if (!accepted) {
                withSink--;
                budget.give(rows);
            }
        }
    }

    /** Any thread. @return false when the event loop has ended */
    private boolean onLoop(Runnable task) {
        try {
            eventLoop.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    private void stored(PositionBatch batch) {
        int rows = batch.size();
        withSink--;
        batch.clear();
        if (idle.size() < MAX_BATCHES) {
            idle.push(batch);
        }
        budget.give(rows);
        if (!current.isEmpty() && !turnScheduled) {
            handOver();
        }
        resume();
        drainedWhenEmpty();
    }

    private void pause() {
        if (!paused) {
            paused = true;
            readers.forEach(Reader::pause);
        }
    }

    private void resume() {
        if (!paused || closing || budgetSpent || (withSink >= MAX_BATCHES && noRoom())) {
            return;
        }
        paused = false;
        // A reader may close, and may fill the budget again, while the list is walked.
        for (Reader reader : List.copyOf(readers)) {
            if (!paused) {
                reader.resume();
            }
        }
        if (paused) {
            readers.forEach(Reader::pause);
        }
    }

    /** Any thread: stops the readers; completes when the sink has reported on everything that they read. */
    public CompletableFuture<Void> close() {
        if (!onLoop(() -> {
            closing = true;
            readers.forEach(Reader::pause);
            run();
            drainedWhenEmpty();
        })) {
            drained.complete(null);
        }
        return drained;
    }

    private void drainedWhenEmpty() {
        if (closing && withSink == 0 && current.isEmpty()) {
            drained.complete(null);
        }
    }
}

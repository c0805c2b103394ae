package org.farwatch.ingest.mqtt;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.mqtt.Work.Arrival;

/**
 * Collects the rows of many messages in one batch and remembers whose they are. Owned by the intake's thread; the
 * completions of what it handed on run on any thread.
 */
final class Batching {
    /** Empty batches kept for reuse. */
    private static final int SPARE_BATCHES = 8;

    private final PositionSink sink;
    private final RowBudget budget;
    private final Runnable whenFull;
    private final int batchRows;
    private final ArrayBlockingQueue<PositionBatch> spare = new ArrayBlockingQueue<>(SPARE_BATCHES);

    private PositionBatch rows;
    private InFlight parts;
    private long openedNanos;
    private Arrival message;
    private int messageFrom;
    private int messageRows;

    /** @param whenFull called, on the intake's thread, when the budget has no room after a batch was handed on */
    Batching(PositionSink sink, RowBudget budget, int batchRows, Runnable whenFull) {
        this.sink = sink;
        this.budget = budget;
        this.batchRows = batchRows;
        this.whenFull = whenFull;
        open();
    }

    private void open() {
        PositionBatch reused = spare.poll();
        rows = reused == null ? new PositionBatch(batchRows) : reused;
        parts = new InFlight();
        messageFrom = 0;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean isFull() {
        return rows.isFull();
    }

    /** When the first row came in, by {@link System#nanoTime}. */
    long openedNanos() {
        return openedNanos;
    }

    /** From here on rows belong to this message. */
    void begin(Arrival arrival) {
        message = arrival;
        messageFrom = rows.size();
        messageRows = 0;
    }

    /** The open batch, with room for a row at least. */
    PositionBatch room() {
        if (rows.isFull()) {
            attribute();
            handOn();
        }
        if (rows.isEmpty()) {
            openedNanos = System.nanoTime();
        }
        return rows;
    }

    /** The message is decoded. @return how many rows it had */
    int end() {
        attribute();
        message = null;
        return messageRows;
    }

    private void attribute() {
        int count = rows.size() - messageFrom;
        if (count > 0) {
            message.link().hold(message.number(), count);
            parts.add(message.link(), message.number(), count);
            messageFrom = rows.size();
            messageRows += count;
        }
    }

    /** Hands the open batch on, if it has rows, and opens another. */
    void handOn() {
        if (rows.isEmpty()) {
            return;
        }
        PositionBatch full = rows;
        InFlight whose = parts;
        open();
        boolean room = budget.take(full.size());
        try {
            sink.accept(full, whose);
        } catch (RuntimeException e) {
            budget.give(full.size());
            throw e;
        }
        if (!room) {
            whenFull.run();
        }
    }

    /** Forgets the open batch: its messages stay unacknowledged and come again once their connection has ended. */
    void abandon() {
        message = null;
        rows.clear();
        parts = new InFlight();
        messageFrom = 0;
    }

    /** Whose rows a batch holds, in order. */
    private final class InFlight implements PositionSink.Completion {
        private static final int INITIAL_PARTS = 16;

        private Link[] links = new Link[INITIAL_PARTS];
        private long[] numbers = new long[INITIAL_PARTS];
        private int[] counts = new int[INITIAL_PARTS];
        private int size;

        void add(Link link, long number, int count) {
            if (size == links.length) {
                links = Arrays.copyOf(links, size * 2);
                numbers = Arrays.copyOf(numbers, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            links[size] = link;
            numbers[size] = number;
            counts[size] = count;
            size++;
        }

        /**
         * Whatever the results are: a refused row lies with its reason in the database and would be refused again, so
         * its message is acknowledged too, or it would block everything behind it for ever.
         */
        @Override
        public void done(PositionBatch batch) {
            for (int i = 0; i < size; i++) {
                links[i].release(numbers[i], counts[i]);
            }
            int count = batch.size();
            batch.clear();
            spare.offer(batch);
            budget.give(count);
        }
    }
}

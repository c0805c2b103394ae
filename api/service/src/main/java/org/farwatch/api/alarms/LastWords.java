package org.farwatch.api.alarms;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The alarm word and time of each device's newest report, so that the many reports that change nothing cost two
 * comparisons and no object. A device's entry is written by the one thread that stores its positions.
 */
final class LastWords {
    private static final int CHUNK = 1024;
    private static final int CHUNKS = 4096;
    /** Devices that have an entry; those with higher numbers are always looked at. */
    static final int DEVICES = CHUNK * CHUNKS;

    private final AtomicReferenceArray<Chunk> chunks = new AtomicReferenceArray<>(CHUNKS);

    private static final class Chunk {
        final int[] word = new int[CHUNK];
        final long[] at = new long[CHUNK];
    }

    /** What a report changes. */
    enum Change {
        NONE,
        /** The word is another than that of the report before, or it is the first report. */
        WORD,
        /** Younger reports were there before, and it has alarms. */
        LATE
    }

    /** @param at milliseconds since 1970 UTC */
    Change change(int device, int word, long at) {
        if (device < 0 || device >= DEVICES) {
            return Change.WORD;
        }
        Chunk chunk = chunk(device / CHUNK);
        int i = device % CHUNK;
        if (at < chunk.at[i]) {
            return word == 0 ? Change.NONE : Change.LATE;
        }
        boolean changed = chunk.at[i] == 0 || chunk.word[i] != word;
        chunk.word[i] = word;
        chunk.at[i] = at;
        return changed ? Change.WORD : Change.NONE;
    }

    private Chunk chunk(int number) {
        Chunk there = chunks.get(number);
        if (there != null) {
            return there;
        }
        Chunk made = new Chunk();
        return chunks.compareAndSet(number, null, made) ? made : chunks.get(number);
    }
}

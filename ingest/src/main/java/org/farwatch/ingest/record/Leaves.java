package org.farwatch.ingest.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The chain values of a stream's segments as a day root takes them, read from the sidecars: {@link StreamRoot#ABSENT} for
 * a segment whose sidecar is not there or not readable. Of several sidecars of one sequence the one that is chained to the
 * segment before is taken, otherwise the first.
 */
final class Leaves {
    private final String stream;
    private final Map<Long, List<Recordings.Entry>> entries = new HashMap<>();

    /** @param entries of the stream; those without a sidecar do not matter */
    Leaves(String stream, List<Recordings.Entry> entries) {
        this.stream = stream;
        for (Recordings.Entry entry : entries) {
            if (entry.hasSidecar()) {
                this.entries
                        .computeIfAbsent(entry.name().sequence(), _ -> new ArrayList<>(1))
                        .add(entry);
            }
        }
    }

    /** One for each sequence from first to last. */
    List<String> from(long first, long last) throws IOException {
        List<String> leaves = new ArrayList<>();
        String before = StreamRoot.ABSENT;
        for (long sequence = first; sequence <= last; sequence++) {
            String leaf = StreamRoot.ABSENT;
            for (Recordings.Entry entry : entries.getOrDefault(sequence, List.of())) {
                Sidecar sidecar = readable(entry);
                if (sidecar != null
                        && (leaf.equals(StreamRoot.ABSENT) || sidecar.previous().equals(before))) {
                    leaf = sidecar.chain();
                }
            }
            leaves.add(leaf);
            before = leaf;
        }
        return leaves;
    }

    private Sidecar readable(Recordings.Entry entry) throws IOException {
        try {
            Sidecar sidecar = Sidecar.read(entry.sidecar());
            boolean own = sidecar.stream().equals(stream)
                    && sidecar.sequence() == entry.name().sequence();
            return own ? sidecar : null;
        } catch (SidecarFault _) {
            return null;
        }
    }
}

package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.TerminalSink;

/** Keeps media and reports in memory and says of each what it is told to. Safe for use by many threads. */
public final class MemoryTerminalSink implements TerminalSink {
    private final List<TerminalMedia> media = new ArrayList<>();
    private final List<TerminalReport> reports = new ArrayList<>();
    private final List<Consumer<Outcome>> waiting = new ArrayList<>();
    private Supplier<Outcome> decision = () -> Outcome.STORED;
    private boolean holding;

    public synchronized void decide(Outcome outcome) {
        decision = () -> outcome;
    }

    /** From now on nothing is reported until {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    public synchronized void release() {
        holding = false;
        waiting.forEach(done -> done.accept(decision.get()));
        waiting.clear();
    }

    @Override
    public synchronized void media(TerminalMedia medium, Consumer<Outcome> done) {
        media.add(medium);
        answer(done);
    }

    @Override
    public synchronized void report(TerminalReport report, Consumer<Outcome> done) {
        reports.add(report);
        answer(done);
    }

    private void answer(Consumer<Outcome> done) {
        if (holding) {
            waiting.add(done);
        } else {
            done.accept(decision.get());
        }
    }

    public synchronized List<TerminalMedia> media() {
        return List.copyOf(media);
    }

    public synchronized List<TerminalReport> reports() {
        return List.copyOf(reports);
    }

    /** Handed over and not reported on. */
    public synchronized int held() {
        return waiting.size();
    }
}

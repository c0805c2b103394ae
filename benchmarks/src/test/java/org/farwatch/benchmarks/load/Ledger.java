package org.farwatch.benchmarks.load;

import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.PositionSink;
import org.farwatch.ingest.Protocol;

/**
 * A store in memory that lies, refuses or is late as it is told to, and the register of everybody who comes. Safe for use
 * by many threads.
 */
final class Ledger implements PositionSink, DeviceDirectory {
    private final long start;
    private final Map<String, KnownDevice> devices = new ConcurrentHashMap<>();
    private final Map<Integer, BitSet> stored = new HashMap<>();
    private final Map<Integer, BitSet> seen = new HashMap<>();
    private Policy policy = (_, _) -> Fate.STORED;
    private Executor answers = Runnable::run;
    private long rows;
    private long forgotten;
    private long refused;
    private long arrivals;

    /** @param start fix time of position number 0 */
    Ledger(long start) {
        this.start = start;
    }

    enum Fate {
        STORED,
        /** Reported as stored. */
        FORGOTTEN,
        REFUSED
    }

    @FunctionalInterface
    interface Policy {
        /** @param first whether this position of this terminal never came before */
        Fate of(int number, boolean first);
    }

    synchronized void decide(Policy fates) {
        policy = fates;
    }

    /** Who reports on batches, from now on. */
    synchronized void answerOn(Executor executor) {
        answers = executor;
    }

    @Override
    public void accept(PositionBatch batch, Completion done) {
        Executor executor;
        synchronized (this) {
            executor = answers;
        }
        executor.execute(() -> {
            store(batch);
            done.done(batch);
        });
    }

    private synchronized void store(PositionBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            int number = (int) ((batch.fixTime(i) - start) / 1000);
            BitSet before = seen.computeIfAbsent(batch.device(i), _ -> new BitSet());
            Fate fate = policy.of(number, !before.get(number));
            before.set(number);
            rows++;
            switch (fate) {
                case STORED ->
                    stored.computeIfAbsent(batch.device(i), _ -> new BitSet()).set(number);
                case FORGOTTEN -> forgotten++;
                case REFUSED -> refused++;
            }
            batch.result(i, fate == Fate.REFUSED ? StoreResult.REFUSED : StoreResult.STORED);
        }
    }

    /** The numbers of a terminal's positions that are kept. */
    synchronized BitSet numbers(String phone) {
        BitSet kept = stored.get(devices.get(phone).no());
        return kept == null ? new BitSet() : (BitSet) kept.clone();
    }

    /** Positions that came, those that came again included. */
    synchronized long rows() {
        return rows;
    }

    synchronized long forgotten() {
        return forgotten;
    }

    synchronized long refused() {
        return refused;
    }

    /** Times that a terminal came, on a first connection or a new one. */
    synchronized long arrivals() {
        return arrivals;
    }

    @Override
    public KnownDevice find(Protocol protocol, String protocolId) {
        return devices.get(protocolId);
    }

    @Override
    public CompletionStage<Admission> introduce(Protocol protocol, String protocolId) {
        return CompletableFuture.completedFuture(new Admission.Accepted(known(protocolId), ""));
    }

    private synchronized KnownDevice known(String phone) {
        return devices.computeIfAbsent(
                phone, _ -> new KnownDevice(devices.size() + 1, "jt808-" + phone, Protocol.JT808, phone, Datum.WGS84));
    }

    @Override
    public synchronized void presence(KnownDevice device, boolean online, Instant at) {
        arrivals += online ? 1 : 0;
    }

    @Override
    public CompletionStage<Admission> register(Registration registration) {
        throw new UnsupportedOperationException("terminals of a load do not register");
    }

    @Override
    public CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code) {
        throw new UnsupportedOperationException("terminals of a load do not authenticate");
    }
}

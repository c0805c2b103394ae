package org.farwatch.api.terminals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farwatch.api.evidence.Evidence;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.TerminalSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Stores what terminals send besides positions, on two threads of its own behind a bounded queue. Of a device that a
 * person has off duty nothing is kept but emergencies, as of his positions; unlike these nothing is sealed either.
 */
@Component
@DependsOnDatabaseInitialization
@EnableConfigurationProperties(TerminalProperties.class)
class TerminalStore implements TerminalSink, DisposableBean {
    private static final String ORIGIN = "jt808-0801";
    private static final int ROBBERY = 2;
    private static final int THREADS = 2;
    private static final int CLOSING_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(TerminalStore.class);

    private final MediaTable media;
    private final ReportedMessages reports;
    private final EvidenceStore evidence;
    private final OffDutyRule offDuty;
    private final ThreadPoolExecutor writers;
    private final Map<Kind, Map<Outcome, LongAdder>> counts = new EnumMap<>(Kind.class);

    /** What the metric {@code farwatch.terminals.messages} tells apart. */
    enum Kind {
        MEDIA,
        REPORT
    }

    TerminalStore(
            MediaTable media,
            ReportedMessages reports,
            EvidenceStore evidence,
            OffDutyRule offDuty,
            TerminalProperties properties) {
        this.media = media;
        this.reports = reports;
        this.evidence = evidence;
        this.offDuty = offDuty;
        writers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(properties.queue()),
                Thread.ofPlatform().name("terminal-store-", 0).factory());
        for (Kind kind : Kind.values()) {
            Map<Outcome, LongAdder> ofKind = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                ofKind.put(outcome, new LongAdder());
            }
            counts.put(kind, ofKind);
        }
    }

    @Override
    public void media(TerminalMedia medium, Consumer<Outcome> done) {
        later(Kind.MEDIA, medium.device().id(), () -> store(medium), done);
    }

    @Override
    public void report(TerminalReport report, Consumer<Outcome> done) {
        later(Kind.REPORT, report.device().id(), () -> store(report), done);
    }

    long count(Kind kind, Outcome outcome) {
        return counts.get(kind).get(outcome).sum();
    }

    /** Messages that wait to be stored. */
    int waiting() {
        return writers.getQueue().size();
    }

    private void later(Kind kind, String device, Supplier<Outcome> work, Consumer<Outcome> done) {
        try {
            writers.execute(() -> finish(kind, attempt(device, work), done));
        } catch (RejectedExecutionException _) {
            finish(kind, Outcome.FAILED, done);
        }
    }

    private void finish(Kind kind, Outcome outcome, Consumer<Outcome> done) {
        counts.get(kind).get(outcome).increment();
        done.accept(outcome);
    }

    private static Outcome attempt(String device, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            LOG.warn("a message of {} is not stored and will come again: {}", device, e.toString());
            return Outcome.FAILED;
        }
    }

    private Outcome store(TerminalMedia medium) {
        MediaPlace place = MediaPlace.of(medium);
        boolean emergency = place.sos() || medium.event() == ROBBERY;
        if (!emergency && offDuty(medium.device().no(), place.at() == null ? medium.receivedAt() : place.at())) {
            return Outcome.OFF_DUTY;
        }
        if (medium.content() == null) {
            return media.addNotice(medium) ? Outcome.STORED : Outcome.DUPLICATE;
        }
        MediaFormat format = MediaFormat.of(medium.content());
        try {
            Evidence file = evidence.put(
                    new ByteArrayInputStream(medium.content()), format.mediaType(), ORIGIN, medium.content().length);
            return media.add(medium, place, file.sha256(), format) ? Outcome.STORED : Outcome.DUPLICATE;
        } catch (IOException e) {
            LOG.warn(
                    "a medium of {} is not stored and will come again: {}",
                    medium.device().id(),
                    e.toString());
            return Outcome.FAILED;
        }
    }

    private Outcome store(TerminalReport report) {
        if (offDuty(report.device().no(), report.receivedAt())) {
            return Outcome.OFF_DUTY;
        }
        reports.add(report);
        return Outcome.STORED;
    }

    private boolean offDuty(int deviceNo, Instant at) {
        return offDuty.offDutyHolder(deviceNo, at.toEpochMilli()) != OffDutyRule.KEEP;
    }

    @Override
    public void destroy() throws InterruptedException {
        writers.shutdown();
        if (!writers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("{} messages of terminals were not stored, they will come again", waiting());
        }
    }
}

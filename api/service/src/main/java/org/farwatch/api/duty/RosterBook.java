package org.farwatch.api.duty;

import java.time.Clock;
import java.time.Duration;
import org.farwatch.api.duty.Roster.Custody;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.telemetry.TelemetrySettings;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds the present {@link Roster} and answers whose positions may be kept. Read by many threads; replaced after every
 * change and once a minute, as time moves on.
 */
@Component
@DependsOnDatabaseInitialization
public class RosterBook implements OffDutyRule {
    /** How far back duties and custody are held in memory; older questions go to the database. */
    static final Duration BACK = Duration.ofDays(3);

    private static final long REREAD_MILLIS = 60_000;

    private final RosterReader reader;
    private final Clock clock;
    private final long marginMillis;
    private volatile Roster roster;

    RosterBook(RosterReader reader, TelemetrySettings settings, Clock clock) {
        this.reader = reader;
        this.clock = clock;
        this.marginMillis = settings.dutyMargin().toMillis();
        roster = reader.read(clock.millis() - BACK.toMillis());
    }

    Roster roster() {
        return roster;
    }

    /** Reads the roster again; after a change that was not made through the API, and once a minute. */
    @Scheduled(fixedDelay = REREAD_MILLIS)
    public synchronized void reread() {
        roster = reader.read(clock.millis() - BACK.toMillis());
    }

    /** Takes a change over when its transaction has committed. */
    void rereadAfterCommit(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                reread();
                then.run();
            }
        });
    }

    @Override
    public long offDutyHolder(int deviceNo, long fixTime) {
        Roster now = roster;
        if (fixTime - marginMillis < now.from()) {
            return reader.offDutyHolder(deviceNo, fixTime, marginMillis);
        }
        Custody holder = now.holder(deviceNo, fixTime);
        if (holder == null) {
            return KEEP;
        }
        for (Entry duty : now.dutiesOfOfficer().getOrDefault(holder.officerId(), java.util.List.of())) {
            if (duty.start() - marginMillis <= fixTime && fixTime <= duty.end() + marginMillis) {
                return KEEP;
            }
        }
        return holder.officerId();
    }
}

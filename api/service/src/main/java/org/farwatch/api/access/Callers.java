package org.farwatch.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whether somebody who logged in earlier still is who he was then. A session and a live connection outlive the login, so
 * each request asks here; the answer is kept for a few seconds and forgotten at once when a change is made in this
 * process. Safe for use by many threads.
 */
@Component
public class Callers {
    private static final int REMEMBERED = 10_000;
    /** How late a change made by another process may be noticed. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final UserStore users;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Cache<Long, Optional<UserStore.Account>> accounts = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(FRESH)
            .build();

    Callers(UserStore users, ApplicationEventPublisher events, Clock clock) {
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The caller as he is now.
     *
     * @return empty when he is disabled or gone, when his roles, squads or password changed since he logged in, or when
     *     his token ended
     */
    public Optional<Caller> present(Caller known) {
        if (known.until() != null && !clock.instant().isBefore(known.until())) {
            return Optional.empty();
        }
        return accounts.get(known.userId(), users::byId)
                .filter(account -> !account.disabled() && account.caller().stamp() == known.stamp())
                .map(account -> account.caller().until(known.until()));
    }

    /** Said by whoever changes a user or his credentials; takes effect when the transaction commits, or now without one. */
    void changed(long userId) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            forget(userId);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                forget(userId);
            }
        });
    }

    private void forget(long userId) {
        accounts.invalidate(userId);
        events.publishEvent(new AccessChanged(userId));
    }
}

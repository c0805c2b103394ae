package org.farwatch.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Failed logins and the lock that follows from too many. Those of an account stand in the database; those of a name that
 * nobody has are kept in memory by the same rule, so that the name is locked as well.
 */
@Component
class LoginFailures {
    private static final int REMEMBERED = 10_000;

    private final UserStore users;
    private final AuditLog audit;
    private final AccessSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Cache<String, Stranger> strangers;

    /** @param lockedUntil null while not locked */
    private record Stranger(int failed, Instant lockedUntil) {}

    LoginFailures(
            UserStore users, AuditLog audit, AccessSettings settings, TransactionTemplate transaction, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        strangers = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(settings.lockFor())
                .build();
    }

    /** Until when a name that nobody has is locked, null when it is not. */
    Instant lockedUntil(String username) {
        Stranger stranger = strangers.getIfPresent(key(username));
        return stranger == null ? null : stranger.lockedUntil();
    }

    /**
     * Counts and logs one, in one commit either way: a second one would tell by its time that the account exists.
     *
     * @param userId 0 for a name that nobody has
     */
    void record(String username, long userId, String address) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            boolean locked = userId == 0
                    ? strange(username, now.plus(settings.lockFor()))
                    : users.failed(userId, settings.lockAfter(), now, settings.lockFor());
            audit.record(
                    Usernames.logged(username),
                    locked ? "login-locked" : "login-refused",
                    "session",
                    null,
                    null,
                    null,
                    address);
        });
    }

    private boolean strange(String username, Instant until) {
        return strangers
                        .asMap()
                        .merge(key(username), next(0, until), (before, _) -> next(before.failed(), until))
                        .lockedUntil()
                != null;
    }

    /** A hash, so that long names take no more memory than short ones. */
    private static String key(String username) {
        return HexFormat.of().formatHex(Login.sha256(username.toLowerCase(Locale.ROOT)));
    }

    private Stranger next(int failedBefore, Instant until) {
        return new Stranger(failedBefore + 1, failedBefore + 1 >= settings.lockAfter() ? until : null);
    }
}

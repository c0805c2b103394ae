package org.farwatch.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks passwords and tokens, slowly for those who guess: per address and minute a number of wrong tries, per account a
 * lock that the database keeps. A name that nobody has is answered, delayed and locked like one that somebody has, so
 * that nothing tells which names exist. Tries for one account are made one after the other, so that a crowd of them
 * cannot pass before the first is counted. Safe for use by many threads.
 */
@Component
public class Login {
    private static final int REMEMBERED = 10_000;
    /** Argon2 takes 16 MB a try; more than this at once would let a flood of logins take the heap. */
    private static final int AT_ONCE = 4;

    private static final int LOCKS = 256;
    /** How long a try waits for its turn before it is sent away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final UserStore users;
    private final LoginFailures failures;
    private final Clock clock;
    private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final String nobodysHash = encoder.encode("nobody");
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final ReentrantLock[] turns = new ReentrantLock[LOCKS];
    private final Throttle passwords;
    private final Throttle tokens;
    private final Cache<String, Verified> verified;
    private final byte[] cacheKey = new byte[32];

    /** Credentials that were right a moment ago. They count no longer than the account's stamp does. */
    private record Verified(long userId, int stamp) {}

    Login(UserStore users, LoginFailures failures, AccessSettings settings, Clock clock) {
        this.users = users;
        this.failures = failures;
        this.clock = clock;
        passwords = new Throttle(settings.attemptsPerMinute(), Ticker.systemTicker());
        tokens = new Throttle(settings.attemptsPerMinute(), Ticker.systemTicker());
        verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(settings.basicRemembered())
                .build();
        for (int i = 0; i < LOCKS; i++) {
            turns[i] = new ReentrantLock();
        }
        new SecureRandom().nextBytes(cacheKey);
    }

    /** What came of a login. */
    public sealed interface Outcome {
        record Welcome(Caller caller) implements Outcome {}

        /** Wrong name, wrong password or disabled: not said which. */
        record Refused() implements Outcome {}

        /**
         * Too many tries.
         *
         * @param retryAfter how long to wait
         */
        record Wait(Duration retryAfter) implements Outcome {}
    }

    /** Checks name and password as typed into the login form. */
    public Outcome withPassword(String username, String password, String address) {
        return inTurn(username, () -> check(username, password, address));
    }

    /**
     * Checks name and password sent with each request; right ones are remembered for a while as a keyed hash, until the
     * password or what the user may do changes. A locked account is locked for them too.
     */
    public Outcome withBasic(String username, String password, String address) {
        String key = keyed("basic\0" + username + '\0' + password);
        return remembered(key)
                .orElseGet(() -> inTurn(
                        username,
                        () -> remembered(key).orElseGet(() -> {
                            Outcome outcome = check(username, password, address);
                            if (outcome instanceof Outcome.Welcome(Caller caller)) {
                                verified.put(key, new Verified(caller.userId(), caller.stamp()));
                            }
                            return outcome;
                        })));
    }

    /**
     * Checks a bearer token. Its 256 bits cannot be guessed; the throttle spares the database those who try, and leaves
     * alone a program whose token was right a moment ago. A lock of the account is for its password and does not stop
     * its tokens: otherwise anybody who knows a name could stop a program.
     */
    public Outcome withToken(String token, String address) {
        String key = keyed("token\0" + token);
        if (verified.getIfPresent(key) == null) {
            Duration wait = tokens.take(address);
            if (!wait.isZero()) {
                return new Outcome.Wait(wait);
            }
        }
        Optional<Caller> caller = users.byTokenHash(sha256(token))
                .filter(account -> !account.disabled())
                .map(UserStore.Account::caller);
        if (caller.isEmpty()) {
            verified.invalidate(key);
            return new Outcome.Refused();
        }
        if (verified.asMap()
                        .putIfAbsent(
                                key,
                                new Verified(caller.get().userId(), caller.get().stamp()))
                == null) {
            tokens.giveBack(address);
        }
        return new Outcome.Welcome(caller.get());
    }

    /** A password as it is kept. Takes tens of milliseconds on purpose. */
    public String encode(String password) {
        slots.acquireUninterruptibly();
        try {
            return encoder.encode(password);
        } finally {
            slots.release();
        }
    }

    private Outcome check(String username, String password, String address) {
        Duration wait = passwords.take(address);
        if (!wait.isZero()) {
            return new Outcome.Wait(wait);
        }
        UserStore.Account account =
                Usernames.valid(username) ? users.byUsername(username).orElse(null) : null;
        Instant now = clock.instant();
        Instant lockedUntil = account == null ? failures.lockedUntil(username) : account.lockedUntil();
        if (lockedUntil != null && lockedUntil.isAfter(now)) {
            return new Outcome.Wait(Duration.between(now, lockedUntil));
        }
        Optional<Boolean> matches = matches(password, account == null ? nobodysHash : account.passwordHash());
        if (matches.isEmpty()) {
            return new Outcome.Wait(PATIENCE);
        }
        if (matches.get() && account != null && !account.disabled()) {
            users.succeeded(account.caller().userId());
            passwords.giveBack(address);
            return new Outcome.Welcome(account.caller());
        }
        failures.record(username, account == null ? 0 : account.caller().userId(), address);
        return new Outcome.Refused();
    }

    private Optional<Outcome> remembered(String key) {
        Verified known = verified.getIfPresent(key);
        if (known == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return users.byId(known.userId())
                .filter(account -> !account.disabled() && account.caller().stamp() == known.stamp())
                .map(account ->
                        account.lockedUntil() != null && account.lockedUntil().isAfter(now)
                                ? new Outcome.Wait(Duration.between(now, account.lockedUntil()))
                                : new Outcome.Welcome(account.caller()));
    }

    private Outcome inTurn(String username, Supplier<Outcome> attempt) {
        ReentrantLock turn =
                turns[Math.floorMod(username.toLowerCase(Locale.ROOT).hashCode(), LOCKS)];
        try {
            if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.Wait(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Wait(PATIENCE);
        }
        try {
            return attempt.get();
        } finally {
            turn.unlock();
        }
    }

    /** Empty when others kept all slots busy. */
    private Optional<Boolean> matches(String password, String hash) {
        try {
            if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(encoder.matches(password, hash));
        } finally {
            slots.release();
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    private String keyed(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cacheKey, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks HmacSHA256", e);
        }
    }
}

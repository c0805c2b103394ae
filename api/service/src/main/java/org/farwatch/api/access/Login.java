package org.farwatch.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks passwords and tokens, slowly for those who guess: per address and minute a number of tries, per account a lock.
 * The answer to a wrong name and to a wrong password is the same and takes as long. Safe for use by many threads.
 */
@Component
public class Login {
    private static final int REMEMBERED = 10_000;
    /** Argon2 takes 16 MB a try; more than this at once would let a flood of logins take the heap. */
    private static final int AT_ONCE = 4;

    private final UserStore users;
    private final AccessSettings settings;
    private final Clock clock;
    private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final String nobodysHash = encoder.encode("nobody");
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Cache<String, AtomicInteger> attempts;
    private final Cache<String, Long> verified;
    private final byte[] cacheKey = new byte[32];

    Login(UserStore users, AccessSettings settings, Clock clock) {
        this.users = users;
        this.settings = settings;
        this.clock = clock;
        attempts = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(Duration.ofMinutes(1))
                .build();
        verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(settings.basicRemembered())
                .build();
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
        AtomicInteger tries = attempts.get(address, _ -> new AtomicInteger());
        if (tries.incrementAndGet() > settings.attemptsPerMinute()) {
            return new Outcome.Wait(Duration.ofMinutes(1));
        }
        UserStore.Account account = users.byUsername(username).orElse(null);
        Instant now = clock.instant();
        if (account != null
                && account.lockedUntil() != null
                && account.lockedUntil().isAfter(now)) {
            return new Outcome.Wait(Duration.between(now, account.lockedUntil()));
        }
        boolean matches = matches(password, account == null ? nobodysHash : account.passwordHash());
        if (account == null || account.disabled()) {
            return new Outcome.Refused();
        }
        if (!matches) {
            users.failed(account.caller().userId(), settings.lockAfter(), now.plus(settings.lockFor()));
            return new Outcome.Refused();
        }
        tries.set(0);
        users.succeeded(account.caller().userId());
        return new Outcome.Welcome(account.caller());
    }

    /** Checks name and password sent with each request; a good one is remembered for a while as a keyed hash. */
    public Outcome withBasic(String username, String password, String address) {
        String key = keyed(username + '\0' + password);
        Long known = verified.getIfPresent(key);
        if (known != null) {
            return users.byId(known)
                    .filter(account -> !account.disabled())
                    .<Outcome>map(account -> new Outcome.Welcome(account.caller()))
                    .orElseGet(Outcome.Refused::new);
        }
        Outcome outcome = withPassword(username, password, address);
        if (outcome instanceof Outcome.Welcome welcome) {
            verified.put(key, welcome.caller().userId());
        }
        return outcome;
    }

    public Outcome withToken(String token) {
        return users.byTokenHash(sha256(token))
                .filter(account -> !account.disabled())
                .<Outcome>map(account -> new Outcome.Welcome(account.caller()))
                .orElseGet(Outcome.Refused::new);
    }

    /** A password as it is kept. */
    public String encode(String password) {
        return encoder.encode(password);
    }

    /** Whether this is the password behind the hash. Takes tens of milliseconds on purpose. */
    public boolean matches(String password, String hash) {
        slots.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            slots.release();
        }
    }

    /** Forgets remembered Basic credentials: after a password changed or a user was disabled. */
    public void forgetVerified() {
        verified.invalidateAll();
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

package org.farwatch.ingest.sip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digest authentication (RFC 2617) as SIP devices do it: MD5, with {@code qop=auth} or without. A nonce says itself when
 * and for whom it was made, so that nobody's challenge costs us memory. Stateless; any thread.
 */
public final class Digest {
    /** How long a challenge may be answered. */
    static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private static final int SEAL_BYTES = 16;
    /** Looks at each character a few times only, whatever is sent: names begin where words do and are not tried again. */
    private static final Pattern PARAMETER = Pattern.compile("\\b(\\w++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s,]++))");

    private final String realm;
    private final Clock clock;
    private final SecretKeySpec key;

    /** What an answer to a challenge is worth. */
    public enum Verdict {
        RIGHT,
        /** Wrong user, password or realm. */
        WRONG,
        /** Right or not: the challenge is not ours or too old; a new one is due. */
        STALE
    }

    public Digest(String realm, Clock clock) {
        this.realm = realm;
        this.clock = clock;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * The value of a WWW-Authenticate header.
     *
     * @param user who has to answer
     */
    public String challenge(String user, boolean stale) {
        return "Digest realm=\"%s\",nonce=\"%s\",algorithm=MD5%s"
                .formatted(realm, nonce(user, clock.millis()), stale ? ",stale=true" : "");
    }

    /** @param authorization the value of an Authorization header */
    public Verdict check(String authorization, String method, String user, String password) {
        Map<String, String> given = parameters(authorization);
        String nonce = given.getOrDefault("nonce", "");
        if (!fresh(nonce, user)) {
            return Verdict.STALE;
        }
        String uri = given.getOrDefault("uri", "");
        String first = md5(given.getOrDefault("username", "") + ":" + realm + ":" + password);
        String second = md5(method + ":" + uri);
        String qop = given.get("qop");
        String expected = md5(
                qop == null
                        ? first + ":" + nonce + ":" + second
                        : first + ":" + nonce + ":" + given.get("nc") + ":" + given.get("cnonce") + ":" + qop + ":"
                                + second);
        boolean right = given.getOrDefault("realm", "").equals(realm)
                && MessageDigest.isEqual(
                        bytes(expected),
                        bytes(given.getOrDefault("response", "").toLowerCase(Locale.ROOT)));
        return right ? Verdict.RIGHT : Verdict.WRONG;
    }

    /**
     * What a device answers to a challenge, without qop.
     *
     * @param challenge the value of a WWW-Authenticate header
     */
    public static String answer(String challenge, String method, String uri, String user, String password) {
        Map<String, String> asked = parameters(challenge);
        String nonce = asked.getOrDefault("nonce", "");
        String realm = asked.getOrDefault("realm", "");
        String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":" + md5(method + ":" + uri));
        return "Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",uri=\"%s\",response=\"%s\",algorithm=MD5"
                .formatted(user, realm, nonce, uri, response);
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> found = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            found.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private String nonce(String user, long millis) {
        byte[] seal = seal(user, millis);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Long.BYTES + SEAL_BYTES)
                        .putLong(millis)
                        .put(seal, 0, SEAL_BYTES)
                        .array());
    }

    private boolean fresh(String nonce, String user) {
        try {
            byte[] shown = Base64.getUrlDecoder().decode(nonce);
            if (shown.length != Long.BYTES + SEAL_BYTES) {
                return false;
            }
            long millis = ByteBuffer.wrap(shown).getLong();
            long age = clock.millis() - millis;
            return age >= 0
                    && age <= GOOD_FOR.toMillis()
                    && MessageDigest.isEqual(bytes(nonce(user, millis)), bytes(nonce));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private byte[] seal(String user, long millis) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(millis).flip());
            return mac.doFinal(bytes(user));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks HmacSHA256", e);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks MD5", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

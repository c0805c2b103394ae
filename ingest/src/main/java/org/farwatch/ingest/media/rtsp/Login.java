package org.farwatch.ingest.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows who we are: digest (RFC 2617; RFC 7616 for SHA-256), or where only that is offered, basic. Owned by the
 * connection's thread.
 */
final class Login {
    private static final Pattern PART = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]+))");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String user;
    private final String password;
    private final Supplier<String> numbers;
    private Map<String, String> challenge;
    private int count;

    Login(String user, String password) {
        this(user, password, Login::random);
    }

    /** @param numbers each used once */
    Login(String user, String password, Supplier<String> numbers) {
        this.user = user;
        this.password = password;
        this.numbers = numbers;
    }

    private static String random() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Takes what an answer 401 demands.
     *
     * @return whether there is anything new to show
     */
    boolean challenged(List<String> demands) {
        Map<String, String> before = challenge;
        Map<String, String> best = null;
        for (String demand : demands) {
            Map<String, String> parts = parts(demand);
            boolean digest = "digest".equals(parts.get("scheme"));
            boolean known = digest ? algorithm(parts) != null && qopKnown(parts) : "basic".equals(parts.get("scheme"));
            if (known && (best == null || digest && !"digest".equals(best.get("scheme")))) {
                best = parts;
            }
        }
        boolean stale = best != null && "true".equalsIgnoreCase(best.get("stale"));
        if (best == null || before != null && !stale) {
            return false;
        }
        challenge = best;
        count = 0;
        return true;
    }

    /** The value of Authorization; empty before anybody asked for it. */
    Optional<String> header(String method, String url) {
        if (challenge == null) {
            return Optional.empty();
        }
        if ("basic".equals(challenge.get("scheme"))) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }
        String realm = challenge.getOrDefault("realm", "");
        String nonce = challenge.getOrDefault("nonce", "");
        String first = hash(user + ":" + realm + ":" + password);
        String second = hash(method + ":" + url);
        StringBuilder header = new StringBuilder(
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\"".formatted(user, realm, nonce, url));
        if (challenge.get("qop") == null) {
            header.append(", response=\"")
                    .append(hash(first + ":" + nonce + ":" + second))
                    .append('"');
        } else {
            String own = numbers.get();
            String number = "%08x".formatted(++count);
            String response = hash(first + ":" + nonce + ":" + number + ":" + own + ":auth:" + second);
            header.append(", qop=auth, nc=%s, cnonce=\"%s\", response=\"%s\"".formatted(number, own, response));
        }
        if (challenge.get("algorithm") != null) {
            header.append(", algorithm=").append(challenge.get("algorithm"));
        }
        if (challenge.get("opaque") != null) {
            header.append(", opaque=\"").append(challenge.get("opaque")).append('"');
        }
        return Optional.of(header.toString());
    }

    private static Map<String, String> parts(String demand) {
        Map<String, String> parts = new TreeMap<>();
        int space = demand.indexOf(' ');
        parts.put("scheme", (space < 0 ? demand : demand.substring(0, space)).toLowerCase(Locale.ROOT));
        Matcher part = PART.matcher(space < 0 ? "" : demand.substring(space));
        while (part.find()) {
            parts.put(part.group(1).toLowerCase(Locale.ROOT), part.group(2) == null ? part.group(3) : part.group(2));
        }
        return parts;
    }

    private static boolean qopKnown(Map<String, String> parts) {
        String qop = parts.get("qop");
        return qop == null || List.of(qop.split("\\s*,\\s*", -1)).contains("auth");
    }

    /** @return null for one that we do not have */
    private static String algorithm(Map<String, String> parts) {
        return switch (parts.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
            case "MD5" -> "MD5";
            case "SHA-256" -> "SHA-256";
            default -> null;
        };
    }

    private String hash(String text) {
        try {
            // The standard's: a challenge and its answer, no secret is kept by it.
            MessageDigest digest = MessageDigest.getInstance(algorithm(challenge));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

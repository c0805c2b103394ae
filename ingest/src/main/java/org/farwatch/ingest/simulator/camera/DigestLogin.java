package org.farwatch.ingest.simulator.camera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.simulator.camera.RtspMessage.Request;

/** Digest access (RFC 2617 without {@code qop}, as cameras do it); a nonce for each connection. */
final class DigestLogin {
    private static final String REALM = "camera";
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]*))");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CameraServer.Login login;
    private final String nonce = Long.toHexString(RANDOM.nextLong()) + Long.toHexString(RANDOM.nextLong());

    DigestLogin(CameraServer.Login login) {
        this.login = login;
    }

    /** What the client is asked for. */
    String challenge() {
        return "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\"";
    }

    boolean admits(Request request) {
        String sent = request.header("authorization");
        if (sent == null || !sent.regionMatches(true, 0, "Digest ", 0, 7)) {
            return false;
        }
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(sent.substring(7));
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        String secret = md5(login.user() + ":" + REALM + ":" + login.password());
        String expected = md5(secret + ":" + nonce + ":" + md5(request.method() + ":" + request.uri()));
        return login.user().equals(fields.get("username"))
                && nonce.equals(fields.get("nonce"))
                && request.uri().equals(fields.get("uri"))
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII),
                        fields.getOrDefault("response", "").getBytes(StandardCharsets.US_ASCII));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which Digest asks for", e);
        }
    }
}

package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import org.farwatch.api.Home;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The key in {@code keys/metrics}: as a bearer token it reads the figures for Prometheus and opens nothing else. It is
 * checked without the database, so that the figures can be read while that is away. Any thread.
 */
@Component
final class MetricsKey {
    static final String PATH = "/actuator/prometheus";

    private static final String BEARER = "Bearer ";

    private final byte[] hash;

    MetricsKey(Home home) {
        hash = Login.sha256(home.secret("metrics"));
    }

    /** Whether the request reads the figures and carries the key. */
    boolean opens(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals(PATH)
                && header != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        hash, Login.sha256(header.substring(BEARER.length()).strip()));
    }
}

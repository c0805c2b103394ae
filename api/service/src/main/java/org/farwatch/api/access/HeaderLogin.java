package org.farwatch.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.web.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * HTTP Basic (RFC 7617) and bearer tokens (RFC 6750) for programs; each request stands alone, no session is made. Wrong
 * credentials end the request with 401, too many tries with 429.
 */
final class HeaderLogin extends OncePerRequestFilter {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    /** What a browser says of a request that its own user typed or that a page of ours made (Fetch Metadata). */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Login login;
    private final MetricsKey metrics;
    private final Problems problems;

    HeaderLogin(Login login, MetricsKey metrics, Problems problems) {
        this.login = login;
        this.metrics = metrics;
        this.problems = problems;
    }

    static boolean appliesTo(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && (starts(header, BASIC) || starts(header, BEARER));
    }

    /**
     * Whether the request needs no CSRF token: no page can make a browser send these headers, except a password that the
     * browser itself keeps for the site; then it says which site's page asked.
     */
    static boolean needsNoCsrfToken(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return appliesTo(request) && (site == null || OWN_SITES.contains(site));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !appliesTo(request) || metrics.opens(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (check(request)) {
            case Login.Outcome.Welcome(Caller caller) -> {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(authenticated(caller));
                SecurityContextHolder.setContext(context);
                chain.doFilter(request, response);
            }
            case Login.Outcome.Refused() -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, Problems.CHALLENGE);
                problems.write(request, response, 401, "wrong credentials", "name, password or token is not valid");
            }
            case Login.Outcome.Wait(var retryAfter) -> {
                long seconds = Math.max(1, retryAfter.toSeconds());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                problems.write(
                        request,
                        response,
                        429,
                        "too many tries",
                        "wait " + seconds + " s",
                        Map.of("retryAfterSeconds", seconds));
            }
        }
    }

    static UsernamePasswordAuthenticationToken authenticated(Caller caller) {
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of());
    }

    private Login.Outcome check(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (starts(header, BEARER)) {
            return login.withToken(header.substring(BEARER.length()).strip(), request.getRemoteAddr());
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new Login.Outcome.Refused();
        }
        int colon = pair.indexOf(':');
        return colon < 0
                ? new Login.Outcome.Refused()
                : login.withBasic(pair.substring(0, colon), pair.substring(colon + 1), request.getRemoteAddr());
    }

    private static boolean starts(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}

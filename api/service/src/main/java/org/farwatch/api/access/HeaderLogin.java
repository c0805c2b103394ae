package org.farwatch.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.farwatch.api.web.Problems;
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

    private final Login login;
    private final Problems problems;

    HeaderLogin(Login login, Problems problems) {
        this.login = login;
        this.problems = problems;
    }

    static boolean appliesTo(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null
                && (header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                        || header.regionMatches(true, 0, BEARER, 0, BEARER.length()));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !appliesTo(request);
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
            case Login.Outcome.Refused() ->
                problems.write(request, response, 401, "wrong credentials", "name, password or token is not valid");
            case Login.Outcome.Wait(var retryAfter) -> {
                response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
                problems.write(request, response, 429, "too many tries", "wait " + retryAfter.toSeconds() + " s");
            }
        }
    }

    static UsernamePasswordAuthenticationToken authenticated(Caller caller) {
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, java.util.List.of());
    }

    private Login.Outcome check(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return login.withToken(header.substring(BEARER.length()).strip());
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? new Login.Outcome.Refused()
                    : login.withBasic(pair.substring(0, colon), pair.substring(colon + 1), request.getRemoteAddr());
        } catch (IllegalArgumentException e) {
            return new Login.Outcome.Refused();
        }
    }
}

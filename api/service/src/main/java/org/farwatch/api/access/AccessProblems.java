package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.farwatch.api.web.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Says in a problem detail why a request is not let in: 401 for strangers, 403 for others; never a redirect. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String LOGIN = "/api/v1/session";

    private final Problems problems;

    AccessProblems(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, Problems.CHALLENGE);
        problems.write(request, response, 401, "not logged in", "log in or send credentials");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        boolean stranger = RoutePolicy.caller(SecurityContextHolder.getContext().getAuthentication()) == null;
        boolean login =
                request.getMethod().equals("POST") && request.getRequestURI().equals(LOGIN);
        if (denied instanceof CsrfException && (!stranger || login)) {
            problems.write(
                    request,
                    response,
                    403,
                    "no CSRF token",
                    "send the header and token that GET " + LOGIN + " gives, from the same browser",
                    Map.of("code", "csrf"));
            return;
        }
        if (stranger) {
            commence(request, response, null);
            return;
        }
        RoutePolicy.Denial reason = denied instanceof AuthorizationDeniedException authorization
                        && authorization.getAuthorizationResult() instanceof RoutePolicy.Denial known
                ? known
                : RoutePolicy.Denial.ROLE;
        switch (reason) {
            case STRANGER -> commence(request, response, null);
            case ROLE -> problems.write(request, response, 403, "not permitted", "none of your roles may do this");
            case PASSWORD_CHANGE ->
                problems.write(
                        request,
                        response,
                        403,
                        "password change required",
                        "change your password first: POST " + LOGIN + "/password",
                        Map.of("code", "password-change-required"));
            case NO_SUCH_ROUTE ->
                problems.write(request, response, 404, "not found", "there is no route " + request.getRequestURI());
        }
    }
}

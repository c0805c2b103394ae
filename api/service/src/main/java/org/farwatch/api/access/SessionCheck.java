package org.farwatch.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose user is no longer who he was when he logged in: disabled, gone, with other roles or squads or
 * another password. The request goes on as nobody's and gets its 401 where one is due.
 */
final class SessionCheck extends OncePerRequestFilter {
    private final Callers callers;

    SessionCheck(Callers callers) {
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller known = RoutePolicy.caller(SecurityContextHolder.getContext().getAuthentication());
        if (known != null) {
            Optional<Caller> present = callers.present(known);
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            present.ifPresent(caller -> context.setAuthentication(HeaderLogin.authenticated(caller)));
            SecurityContextHolder.setContext(context);
            HttpSession session = request.getSession(false);
            if (present.isEmpty() && session != null) {
                session.invalidate();
            }
        }
        chain.doFilter(request, response);
    }
}

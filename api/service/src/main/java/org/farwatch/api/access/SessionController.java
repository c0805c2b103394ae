package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.web.Refusal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The console's login: a session cookie and a CSRF token. */
@RestController
@RequestMapping("/api/v1/session")
class SessionController {
    private final Login login;
    private final UserStore users;
    private final Callers callers;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final SecurityContextRepository contexts;
    private final CsrfTokenRepository csrfTokens;

    SessionController(
            Login login,
            UserStore users,
            Callers callers,
            AuditLog audit,
            TransactionTemplate transaction,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrfTokens) {
        this.login = login;
        this.users = users;
        this.callers = callers;
        this.audit = audit;
        this.transaction = transaction;
        this.contexts = contexts;
        this.csrfTokens = csrfTokens;
    }

    /** @param user null while nobody is logged in */
    record Session(Optional<User> user, Csrf csrf) {
        record User(
                String id,
                String username,
                String displayName,
                List<Role> roles,
                List<String> squadIds,
                boolean mustChangePassword) {}

        record Csrf(String header, String token) {}
    }

    record Credentials(
            @NotBlank @Size(max = 100) String username,
            @NotBlank @Size(max = Passwords.MAX) String password) {}

    record PasswordChange(
            @NotBlank @Size(max = Passwords.MAX) String current,
            @NotBlank String next) {}

    @GetMapping
    @Permit(everybody = true)
    Session session(HttpServletRequest request) {
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return session(RoutePolicy.caller(SecurityContextHolder.getContext().getAuthentication()), token);
    }

    @PostMapping
    @Permit(everybody = true)
    Session open(
            @Valid @RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        switch (login.withPassword(credentials.username(), credentials.password(), request.getRemoteAddr())) {
            case Login.Outcome.Welcome(Caller caller) -> {
                audit.record(caller, "login", "session", null, null, null);
                begin(caller, request, response);
                CsrfToken token = csrfTokens.generateToken(request);
                csrfTokens.saveToken(token, request, response);
                return session(caller, token);
            }
            case Login.Outcome.Refused() ->
                throw new Refusal(401, "wrong credentials", "the user name or the password is not right");
            case Login.Outcome.Wait(var retryAfter) -> throw tooMany(retryAfter);
        }
    }

    @DeleteMapping
    @Permit(everyRole = true, beforePasswordChange = true)
    void close(Caller caller, HttpServletRequest request) {
        audit.record(caller, "logout", "session", null, null, null);
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    /** The caller's other sessions end, this one goes on. A wrong present password counts like a failed login. */
    @PostMapping("/password")
    @Permit(everyRole = true, beforePasswordChange = true)
    void changePassword(
            Caller caller,
            @Valid @RequestBody PasswordChange change,
            HttpServletRequest request,
            HttpServletResponse response) {
        switch (login.withPassword(caller.username(), change.current(), request.getRemoteAddr())) {
            case Login.Outcome.Welcome(Caller known) -> Passwords.require("next", change.next(), known.username());
            case Login.Outcome.Refused() -> throw Refusal.field("current", "is not the present password");
            case Login.Outcome.Wait(var retryAfter) -> throw tooMany(retryAfter);
        }
        if (change.next().equals(change.current())) {
            throw Refusal.field("next", "must differ from the present password");
        }
        String hash = login.encode(change.next());
        transaction.executeWithoutResult(_ -> {
            users.setPassword(caller.userId(), hash, false);
            audit.record(caller, "change-password", "user", Long.toString(caller.userId()), null, null);
            callers.changed(caller.userId());
        });
        if (request.getSession(false) != null && !HeaderLogin.appliesTo(request)) {
            begin(users.byId(caller.userId()).orElseThrow().caller(), request, response);
        }
    }

    /** A new session, whatever was before: its id is worth nothing any longer, and what it opened closes. */
    private void begin(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        request.getSession(true);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(HeaderLogin.authenticated(caller));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    private static Refusal tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        return new Refusal(429, "too many tries", "wait " + seconds + " s").with("retryAfterSeconds", seconds);
    }

    private static Session session(Caller caller, CsrfToken token) {
        return new Session(
                Optional.ofNullable(caller)
                        .map(known -> new Session.User(
                                Long.toString(known.userId()),
                                known.username(),
                                known.displayName(),
                                known.roles().stream().sorted().toList(),
                                known.squads().stream()
                                        .sorted()
                                        .map(String::valueOf)
                                        .toList(),
                                known.mustChangePassword())),
                new Session.Csrf(token.getHeaderName(), token.getToken()));
    }
}

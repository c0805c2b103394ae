package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.web.Refusal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
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
    private final AuditLog audit;
    private final SecurityContextRepository contexts;
    private final CsrfTokenRepository csrfTokens;

    SessionController(
            Login login,
            UserStore users,
            AuditLog audit,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrfTokens) {
        this.login = login;
        this.users = users;
        this.audit = audit;
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
            @NotBlank @Size(max = 200) String password) {}

    record PasswordChange(
            @NotBlank @Size(max = 200) String current,
            @NotBlank @Size(min = 10, max = 200) String next) {}

    @GetMapping
    @Permit(everybody = true)
    Session session(HttpServletRequest request) {
        Object principal = Optional.ofNullable(
                        SecurityContextHolder.getContext().getAuthentication())
                .map(org.springframework.security.core.Authentication::getPrincipal)
                .orElse(null);
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return session(principal instanceof Caller caller ? caller : null, token);
    }

    @PostMapping
    @Permit(everybody = true)
    Session open(
            @Valid @RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        switch (login.withPassword(credentials.username(), credentials.password(), request.getRemoteAddr())) {
            case Login.Outcome.Welcome(Caller caller) -> {
                request.getSession(true);
                request.changeSessionId();
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(HeaderLogin.authenticated(caller));
                SecurityContextHolder.setContext(context);
                contexts.saveContext(context, request, response);
                CsrfToken token = csrfTokens.generateToken(request);
                csrfTokens.saveToken(token, request, response);
                audit.record(caller.username(), "login", "session", null, null, null, request.getRemoteAddr());
                return session(caller, token);
            }
            case Login.Outcome.Refused() -> {
                audit.record(
                        credentials.username(), "login-refused", "session", null, null, null, request.getRemoteAddr());
                throw new Refusal(401, "wrong credentials", "the user name or the password is not right");
            }
            case Login.Outcome.Wait(var retryAfter) ->
                throw new Refusal(429, "too many tries", "wait " + Math.max(1, retryAfter.toSeconds()) + " s")
                        .with("retryAfterSeconds", Math.max(1, retryAfter.toSeconds()));
        }
    }

    @DeleteMapping
    @Permit(everyRole = true)
    void close(Caller caller, HttpServletRequest request) {
        audit.record(caller.username(), "logout", "session", null, null, null, request.getRemoteAddr());
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    @PostMapping("/password")
    @Permit(everyRole = true)
    void changePassword(Caller caller, @Valid @RequestBody PasswordChange change, HttpServletRequest request) {
        UserStore.Account account = users.byId(caller.userId()).orElseThrow();
        if (!login.matches(change.current(), account.passwordHash())) {
            throw Refusal.field("current", "is not the present password");
        }
        users.setPassword(caller.userId(), login.encode(change.next()), false);
        login.forgetVerified();
        audit.record(
                caller.username(),
                "change-password",
                "user",
                Long.toString(caller.userId()),
                null,
                null,
                request.getRemoteAddr());
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

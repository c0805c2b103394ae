package org.farwatch.api.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.farwatch.api.access.AccessTokens.Token;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tokens}: the caller's own keys for programs that call in his name. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {
    private static final String SUBJECT = "token";
    private static final int MOST = 50;

    private final AccessTokens tokens;
    private final Callers callers;
    private final AuditLog audit;
    private final Clock clock;

    TokenController(AccessTokens tokens, Callers callers, AuditLog audit, Clock clock) {
        this.tokens = tokens;
        this.callers = callers;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param expires at most a year ahead */
    record NewToken(
            @NotBlank @Size(max = 100) String name, @NotNull Instant expires) {}

    /** @param token shown this once; only its hash is kept */
    record MadeToken(String id, String name, Instant createdAt, Instant expires, String token) {}

    @GetMapping
    @Permit(everyRole = true)
    Page<Token> tokens(Caller caller) {
        return Page.all(tokens.list(caller.userId()));
    }

    /** Not for a caller who came with a token himself: a stolen one could make itself others that outlive it. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(everyRole = true)
    @Transactional
    MadeToken create(@Valid @RequestBody NewToken wanted, Caller caller) {
        if (caller.byToken()) {
            throw new Refusal(403, "not permitted", "a token makes no tokens; log in with the password");
        }
        Instant now = clock.instant();
        Instant latest = now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
        if (!wanted.expires().isAfter(now) || wanted.expires().isAfter(latest)) {
            throw Refusal.field("expires", "must lie ahead by at most one year, was " + wanted.expires());
        }
        tokens.deleteEnded(caller.userId());
        if (tokens.list(caller.userId()).size() >= MOST) {
            throw new Refusal(409, "too many tokens", "you have " + MOST + " tokens; delete one first");
        }
        AccessTokens.Made made = tokens.make(caller.userId(), wanted.name().strip(), wanted.expires());
        Token token = tokens.find(made.id(), caller.userId()).orElseThrow();
        audit.record(caller, "create", SUBJECT, token.id(), null, token);
        return new MadeToken(token.id(), token.name(), token.createdAt(), token.expires(), made.text());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(everyRole = true)
    @Transactional
    void delete(@PathVariable String id, Caller caller) {
        Token token =
                tokens.find(Ids.parse(SUBJECT, id), caller.userId()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        tokens.delete(Ids.parse(SUBJECT, id));
        audit.record(caller, "delete", SUBJECT, id, token, null);
        callers.changed(caller.userId());
    }
}

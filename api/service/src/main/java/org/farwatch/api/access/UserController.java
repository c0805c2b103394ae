package org.farwatch.api.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.access.Users.User;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Given;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /users}: who may log in, as what and for which squads. Whoever administers them sees the whole district, changes
 * nobody's rights but others', and is never the last one to lose the role.
 */
@RestController
@RequestMapping("/api/v1/users")
class UserController {
    private static final String SUBJECT = "user";
    private static final int MAX_SQUADS = 1_000;
    /** An administrator of some squads could otherwise give himself or another more than he has. */
    private static final String ADMINISTERED = "users are administered";

    private final Users users;
    private final UserStore store;
    private final AccessTokens tokens;
    private final Callers callers;
    private final Login login;
    private final AuditLog audit;

    UserController(Users users, UserStore store, AccessTokens tokens, Callers callers, Login login, AuditLog audit) {
        this.users = users;
        this.store = store;
        this.tokens = tokens;
        this.callers = callers;
        this.login = login;
        this.audit = audit;
    }

    /** @param officerId absent or empty when the user is no officer of the register */
    record NewUser(
            @NotNull @Pattern(regexp = Usernames.RULE, message = Usernames.SENTENCE)
            String username,

            @NotBlank @Size(max = 100) String displayName,
            @NotNull String password,
            @NotEmpty Set<@NotNull Role> roles,
            @Size(max = MAX_SQUADS) Set<@NotNull String> squadIds,
            String officerId) {}

    /**
     * What is absent stays as it is.
     *
     * @param officerId null, or empty, to say that the user is no officer any longer
     */
    record UserChange(
            int version,
            @Size(min = 1, max = 100) String displayName,
            @Size(min = 1) Set<@NotNull Role> roles,
            @Size(max = MAX_SQUADS) Set<@NotNull String> squadIds,
            Given<String> officerId,
            Boolean disabled) {}

    record NewPassword(@NotNull String password) {}

    @GetMapping
    @Permit(Role.ADMINISTRATOR)
    Page<User> users(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        caller.scope().requireEverything(ADMINISTERED);
        int most = Page.clamp(limit);
        List<User> found = users.list(cursor == null ? null : Cursor.parse(cursor, 1)[0], most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().username()));
    }

    /** He must change the password before he can do anything else. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    User create(@Valid @RequestBody NewUser wanted, Caller caller) {
        caller.scope().requireEverything(ADMINISTERED);
        Passwords.require("password", wanted.password(), wanted.username());
        Set<Long> squads = squads(wanted.squadIds());
        requireSquads(wanted.roles(), squads);
        long id;
        try {
            id = users.insert(
                    wanted.username(),
                    wanted.displayName().strip(),
                    login.encode(wanted.password()),
                    wanted.roles(),
                    officer(wanted.officerId()));
        } catch (DuplicateKeyException e) {
            throw taken(e, wanted.username(), wanted.officerId());
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("officerId", "names no officer: " + wanted.officerId());
        }
        writeSquads(id, squads);
        User created = users.find(id).orElseThrow();
        audit.record(caller, "create", SUBJECT, created.id(), null, created);
        return created;
    }

    @PatchMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    User change(@PathVariable String id, @Valid @RequestBody UserChange change, Caller caller) {
        caller.scope().requireEverything(ADMINISTERED);
        List<String> administrators = users.lockAdministrators();
        long key = Ids.parse(SUBJECT, id);
        User before = users.find(key).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != change.version()) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Set<Role> roles = change.roles() == null ? Set.copyOf(before.roles()) : change.roles();
        Set<Long> squads = squads(change.squadIds() == null ? Set.copyOf(before.squadIds()) : change.squadIds());
        String officerId = Given.or(change.officerId(), before.officerId());
        Long officer = officer(officerId);
        boolean disabled = change.disabled() == null ? before.disabled() : change.disabled();
        boolean rights = !roles.equals(Set.copyOf(before.roles()))
                || !squads.equals(squads(Set.copyOf(before.squadIds())))
                || disabled != before.disabled();
        if (administrators.equals(List.of(before.id())) && (disabled || !roles.contains(Role.ADMINISTRATOR))) {
            throw new Refusal(
                    409,
                    "last administrator",
                    before.username() + " is the last who can administer users; name another");
        }
        if (rights && key == caller.userId()) {
            throw new Refusal(403, "not permitted", "your own roles, squads and account are another's to change");
        }
        requireSquads(roles, squads);
        try {
            users.update(
                    key,
                    change.displayName() == null
                            ? before.displayName()
                            : change.displayName().strip(),
                    roles,
                    officer,
                    disabled,
                    rights || !String.valueOf(officer).equals(String.valueOf(before.officerId())));
        } catch (DuplicateKeyException e) {
            throw taken(e, before.username(), officerId);
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("officerId", "names no officer: " + officerId);
        }
        writeSquads(key, squads);
        User after = users.find(key).orElseThrow();
        audit.record(caller, "change", SUBJECT, id, before, after);
        callers.changed(key);
        return after;
    }

    /** Sets a password that its user must change; his sessions end and his tokens with them. */
    @PostMapping("/{id}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void resetPassword(@PathVariable String id, @Valid @RequestBody NewPassword wanted, Caller caller) {
        caller.scope().requireEverything(ADMINISTERED);
        long key = Ids.parse(SUBJECT, id);
        User user = users.find(key).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (key == caller.userId()) {
            throw new Refusal(403, "not permitted", "change your own password at POST /api/v1/session/password");
        }
        Passwords.require("password", wanted.password(), user.username());
        store.setPassword(key, login.encode(wanted.password()), true);
        int ended = tokens.deleteAll(key);
        audit.record(caller, "reset-password", SUBJECT, id, null, new Reset(ended));
        callers.changed(key);
    }

    /** @param tokensEnded how many tokens ended with the password */
    record Reset(int tokensEnded) {}

    @PostMapping("/{id}/unlock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void unlock(@PathVariable String id, Caller caller) {
        caller.scope().requireEverything(ADMINISTERED);
        long key = Ids.parse(SUBJECT, id);
        if (users.find(key).isEmpty()) {
            throw Refusal.notFound(SUBJECT, id);
        }
        users.unlock(key);
        audit.record(caller, "unlock", SUBJECT, id, null, null);
    }

    private static void requireSquads(Set<Role> roles, Set<Long> squads) {
        Set<Role> content = EnumSet.of(Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER);
        if (squads.isEmpty()
                && roles.contains(Role.SQUAD_LEADER)
                && roles.stream().noneMatch(content::contains)) {
            throw Refusal.field("squadIds", "must name at least one squad for a squad leader");
        }
    }

    private static Set<Long> squads(Set<String> ids) {
        Set<Long> squads = new TreeSet<>();
        if (ids != null) {
            ids.forEach(id -> squads.add(Ids.field("squadIds", id)));
        }
        return squads;
    }

    private static Long officer(String id) {
        return id == null || id.isEmpty() ? null : Ids.field("officerId", id);
    }

    private void writeSquads(long id, Set<Long> squads) {
        try {
            users.setSquads(id, squads);
        } catch (DataIntegrityViolationException e) {
            throw Refusal.field("squadIds", "names a squad that does not exist");
        }
    }

    private static Refusal taken(DuplicateKeyException duplicate, String username, String officerId) {
        return String.valueOf(duplicate.getMessage()).contains("app_user_officer")
                ? Refusal.field("officerId", "is another user already: " + officerId)
                : Refusal.field("username", "belongs to another user: " + username);
    }
}

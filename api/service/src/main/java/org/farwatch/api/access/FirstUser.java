package org.farwatch.api.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes {@code admin}, who holds every role, when there is no user yet. Password from {@code FARWATCH_ADMIN_PASSWORD} or
 * random and told once.
 */
@Component
@DependsOnDatabaseInitialization
public class FirstUser {
    private static final int PASSWORD_BYTES = 12;
    private static final String SERVICE = "farwatch";

    private final String generated;

    FirstUser(UserStore users, Login login, AuditLog audit, Environment environment) {
        String password = null;
        if (users.count() == 0) {
            String given = environment.getProperty("FARWATCH_ADMIN_PASSWORD");
            if (given == null || given.isBlank()) {
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
                given = password;
            }
            long id = users.create("admin", "系统管理员", login.encode(given), EnumSet.allOf(Role.class));
            audit.record(SERVICE, "create", "user", Long.toString(id), null, null, null);
        }
        generated = password;
    }

    /** The password made at this start, empty when it was given or the user was there. */
    public Optional<String> generatedPassword() {
        return Optional.ofNullable(generated);
    }
}

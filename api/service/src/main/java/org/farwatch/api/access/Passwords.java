package org.farwatch.api.access;

import org.farwatch.api.web.Refusal;

/** What a password must be. */
final class Passwords {
    static final int MIN = 10;
    static final int MAX = 200;

    private Passwords() {}

    /** @throws Refusal naming the field and the rule, never the password */
    static void require(String field, String password, String username) {
        int length = password == null ? 0 : password.codePointCount(0, password.length());
        if (length < MIN || length > MAX) {
            throw Refusal.field(field, "must have " + MIN + " to " + MAX + " characters, had " + length);
        }
        if (password.isBlank()) {
            throw Refusal.field(field, "must not be blank");
        }
        if (password.strip().equalsIgnoreCase(username)) {
            throw Refusal.field(field, "must not be the user name");
        }
    }
}

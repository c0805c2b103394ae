package org.farwatch.api.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a user name may be; the database checks the same. */
final class Usernames {
    static final String RULE = "[a-z0-9][a-z0-9._-]{1,62}";
    static final String SENTENCE =
            "must be 2 to 63 lower-case letters, digits, . _ -, and begin with a letter or digit";

    private static final Pattern TYPED = Pattern.compile(RULE, Pattern.CASE_INSENSITIVE);

    private Usernames() {}

    /** Whether somebody could have this name; capitals are taken for small letters at login. */
    static boolean valid(String typed) {
        return TYPED.matcher(typed).matches();
    }

    /** As it goes into a log: what cannot be a name may be a password typed into the wrong field. */
    static String logged(String typed) {
        return valid(typed) ? typed.toLowerCase(Locale.ROOT) : "(no user name)";
    }
}

package org.farwatch.ingest.nmea;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a device says who it is before its sentences: a line that matches a pattern with a group {@code id} and, if wanted, a
 * group {@code secret}. Immutable.
 */
public final class Preamble {
    /** {@code $PFWID,<id>[,<secret>]*hh}, or a plain line {@code id:<id>[:<secret>]}. */
    public static final String DEFAULT =
            "(?:\\$PFWID,|id:)(?<id>[A-Za-z0-9._-]{1,40})(?:[,:](?<secret>[^*,:]{1,64}))?(?:\\*[0-9A-Fa-f]{2})?";

    /** Longer lines are no preamble; with it the work of any pattern is bounded. */
    static final int MAX_BYTES = 160;

    private final Pattern pattern;
    private final boolean secrets;

    /** @throws IllegalArgumentException when it is no pattern, or has no group named id */
    public Preamble(String regularExpression) {
        try {
            pattern = Pattern.compile(regularExpression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("farwatch.nmea.preamble must be a regular expression, was "
                    + regularExpression + ": " + e.getDescription());
        }
        if (!pattern.namedGroups().containsKey("id")) {
            throw new IllegalArgumentException(
                    "farwatch.nmea.preamble must have a group (?<id>...), was " + regularExpression);
        }
        secrets = pattern.namedGroups().containsKey("secret");
    }

    /**
     * Who a line says that it is.
     *
     * @param secret empty when none was shown
     */
    record Shown(String id, String secret) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** @return null when the line is no preamble */
    Shown read(byte[] line, int offset, int length) {
        if (length == 0 || length > MAX_BYTES) {
            return null;
        }
        Matcher matcher = pattern.matcher(new String(line, offset, length, StandardCharsets.US_ASCII));
        if (!matcher.matches()
                || matcher.group("id") == null
                || matcher.group("id").isEmpty()) {
            return null;
        }
        String secret = secrets ? matcher.group("secret") : null;
        return new Shown(matcher.group("id"), secret == null ? "" : secret);
    }
}

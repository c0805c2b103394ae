package org.farwatch.ingest.record;

import java.util.regex.Pattern;

/**
 * Where the chain of one of the house's logs stood, as a day root names it.
 *
 * @param log {@code audit} or {@code view}
 * @param sequence of its last entry, 0 before the first
 * @param chain its chain value
 */
public record LogHead(String log, long sequence, String chain) {
    private static final Pattern LOG = Pattern.compile("[a-z][a-z-]{0,30}");

    /** @throws IllegalArgumentException naming the fact, its value and the rule */
    public LogHead {
        if (log == null || !LOG.matcher(log).matches()) {
            throw new IllegalArgumentException("log must be a name in small letters, was " + log);
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must be at least 0, was " + sequence);
        }
        DayRoot.requireHex("chain", chain);
    }
}

package org.farwatch.geo.presence;

/**
 * What the positions prove from {@code start} until the next stretch starts, whatever the roster says.
 *
 * @param start milliseconds since 1970
 * @param known whether the person was at the post, away, or nothing is known
 * @param cause only of {@link Known#NOTHING}: why
 * @param patience milliseconds that a silence had to last to become this stretch
 */
record Stretch(long start, Known known, PresenceCause cause, long patience) {
    enum Known {
        NOTHING,
        HERE,
        GONE
    }
}

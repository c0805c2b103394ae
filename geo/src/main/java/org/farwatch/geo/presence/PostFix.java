package org.farwatch.geo.presence;

import org.farwatch.geo.place.Border;

/**
 * One position read against a post as {@link PresenceTracker} reads it, for a question about a moment that needs no
 * history. Immutable.
 *
 * @param usable whether it has a fix, a clock that can be believed and an error within the rules
 * @param atPost in the post, or so near that the position cannot tell; false where it is not usable
 * @param outsideMetres metres outside of the post's border, negative inside, 0 on it; NaN where it is not usable
 */
public record PostFix(boolean usable, boolean atPost, double outsideMetres) {
    private static final PostFix NOTHING = new PostFix(false, false, Double.NaN);

    /**
     * Reads one.
     *
     * @param longitude WGS-84 degrees, NaN for none; {@code latitude} likewise
     * @param accuracyMetres stated error, or NaN when the device states none
     * @param flags bits of {@link org.farwatch.geo.PositionFlag}
     */
    public static PostFix of(
            Border post, PresenceRules rules, double longitude, double latitude, float accuracyMetres, int flags) {
        Sighting sighting = Sighting.of(post, rules, longitude, latitude, accuracyMetres, flags);
        return sighting.usable()
                ? new PostFix(
                        true,
                        sighting == Sighting.INSIDE || sighting == Sighting.NEAR,
                        post.signedMetres(longitude, latitude))
                : NOTHING;
    }
}

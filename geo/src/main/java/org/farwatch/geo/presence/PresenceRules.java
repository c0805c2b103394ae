package org.farwatch.geo.presence;

/**
 * The thresholds of presence; an administrator may edit them, so each has a range that is enforced here.
 *
 * <p>The borders: a person enters where he is at most {@code enterMetres} outside of the post, and is away where he is
 * more than {@code leaveMetres} outside of it; between the two a position changes nothing and, where nothing is known
 * yet, counts as present.
 *
 * <p>Between houses satellite positions stand 20 to 60 m off for minutes. So a leave is believed after
 * {@code leaveSeconds} only while positions are more than {@code driftMetres} outside of the post; one that stays
 * nearer is believed after {@code driftSeconds}. Either way it is dated at the first position away. Where the sky is
 * open, {@code driftMetres} may be as small as {@code leaveMetres}.
 *
 * @param enterMetres metres outside of the border, 0 to {@code leaveMetres}; default 0
 * @param leaveMetres metres outside of the border, 0 to 500; default 15
 * @param enterSeconds how long after the first position inside an arrival or return is believed, unless one was away
 *     again for as long, 0 to 600 s; default 20
 * @param leaveSeconds how long one must be away for it to be believed, 0 to 3600 s; default 60
 * @param driftMetres metres outside of the border, {@code leaveMetres} to 1000; default 75
 * @param driftSeconds {@code leaveSeconds} to 3600 s; default 330
 * @param lateSeconds grace after the duty's start for arriving, 0 to 7200 s; default 300
 * @param unknownSeconds a silence longer than this is unknown, 30 to 3600 s; default 180. For a device that reports
 *     rarely it is {@value #PATIENCE} of its report intervals (median of the last {@value #INTERVALS}), at most
 *     {@value #MOST_PATIENCE_SECONDS} s
 * @param worstAccuracyMetres a position with a larger stated error is not used, 10 to 1000 m; default 100. A position
 *     whose stated error reaches back to the border is no leave in any case
 */
public record PresenceRules(
        double enterMetres,
        double leaveMetres,
        int enterSeconds,
        int leaveSeconds,
        double driftMetres,
        int driftSeconds,
        int lateSeconds,
        int unknownSeconds,
        double worstAccuracyMetres) {
    /** What holds where nothing else is set. */
    public static final PresenceRules DEFAULT = new PresenceRules(0, 15, 20, 60, 75, 330, 300, 180, 100);

    /** Report intervals that may pass in silence: two lost reports in a row are common, three are not. */
    static final int PATIENCE = 3;

    /** Report intervals of which the median is taken. */
    static final int INTERVALS = 15;

    static final int MOST_PATIENCE_SECONDS = 600;

    /** Positions no farther apart than this date an arrival well enough. */
    static final int FINE_SECONDS = 30;

    /** @throws IllegalArgumentException naming the field, the value and the rule */
    public PresenceRules {
        within("leaveMetres", leaveMetres, 0, 500);
        within("enterMetres", enterMetres, 0, leaveMetres);
        within("enterSeconds", enterSeconds, 0, 600);
        within("leaveSeconds", leaveSeconds, 0, 3600);
        within("driftMetres", driftMetres, leaveMetres, 1000);
        within("driftSeconds", driftSeconds, leaveSeconds, 3600);
        within("lateSeconds", lateSeconds, 0, 7200);
        within("unknownSeconds", unknownSeconds, 30, 3600);
        within("worstAccuracyMetres", worstAccuracyMetres, 10, 1000);
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " must lie within " + least + " and " + most + ", was " + value);
        }
    }
}

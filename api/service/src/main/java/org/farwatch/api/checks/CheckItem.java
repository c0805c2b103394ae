package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * An item of a task's list, as it was when the task was started, with what was given for it.
 *
 * @param points full marks
 * @param given 0 to {@code points} in steps of 0.5, null while not scored and when not applicable
 */
record CheckItem(
        int position,
        String group,
        String text,
        BigDecimal points,
        String basis,
        BigDecimal given,
        boolean notApplicable,
        String note,
        String scoredBy,
        Instant scoredAt,
        int version) {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** Of a list that nobody has begun with. */
    static CheckItem of(int position, Checklist.Item item) {
        return new CheckItem(
                position, item.group(), item.text(), item.points(), item.basis(), null, false, null, null, null, 1);
    }

    boolean scored() {
        return given != null || notApplicable;
    }

    /** Whether less than full marks were given. */
    boolean below() {
        return given != null && given.compareTo(points) < 0;
    }

    /**
     * What was given of what could be, over the items that apply.
     *
     * @return percent, 0 to 100 with two decimals, rounded half up; null when none applies
     */
    static BigDecimal percent(List<CheckItem> items) {
        BigDecimal given = BigDecimal.ZERO;
        BigDecimal possible = BigDecimal.ZERO;
        for (CheckItem item : items) {
            if (item.given() != null) {
                given = given.add(item.given());
                possible = possible.add(item.points());
            }
        }
        return possible.signum() == 0 ? null : given.multiply(HUNDRED).divide(possible, 2, RoundingMode.HALF_UP);
    }
}

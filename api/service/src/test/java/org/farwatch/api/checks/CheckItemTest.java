package org.farwatch.api.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of scores. */
class CheckItemTest {
    @Test
    void aScoreIsWhatWasGivenOfWhatCouldBe() {
        assertThat(CheckItem.percent(List.of(item("10", "8"), item("5", "5"), item("15", "7.5"))))
                .isEqualByComparingTo("68.33");
        assertThat(CheckItem.percent(List.of(item("10", "10"), item("5", "5")))).isEqualByComparingTo("100");
        assertThat(CheckItem.percent(List.of(item("10", "0")))).isEqualByComparingTo("0");
    }

    @Test
    void halfOfAHundredthIsRoundedUp() {
        assertThat(CheckItem.percent(List.of(item("100", "0.5"), item("60", "0"), item("40", "0"))))
                .isEqualByComparingTo("0.25");
        assertThat(CheckItem.percent(List.of(item("80", "0.5")))).isEqualByComparingTo("0.63");
    }

    @Test
    void whatDoesNotApplyCountsNeitherWay() {
        assertThat(CheckItem.percent(List.of(item("10", "5"), item("90", null))))
                .isEqualByComparingTo("50");
        assertThat(CheckItem.percent(List.of(item("10", null)))).isNull();
        assertThat(CheckItem.percent(List.of())).isNull();
    }

    @Test
    void pointsAreInStepsOfAHalf() {
        assertThat(List.of("0", "0.5", "1.0", "10", "99.50").stream().allMatch(CheckItemTest::inSteps))
                .isTrue();
        assertThat(List.of("0.1", "0.25", "3.75", "0.49999").stream().noneMatch(CheckItemTest::inSteps))
                .isTrue();
    }

    private static boolean inSteps(String number) {
        return Checklist.Item.inSteps(new BigDecimal(number));
    }

    /** @param given null for one that does not apply */
    private static CheckItem item(String points, String given) {
        return new CheckItem(
                1,
                "着装",
                "制式服装齐全",
                new BigDecimal(points),
                null,
                given == null ? null : new BigDecimal(given),
                given == null,
                null,
                null,
                null,
                1);
    }
}

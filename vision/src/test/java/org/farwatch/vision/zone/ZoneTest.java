package org.farwatch.vision.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.farwatch.vision.shape.Point;
import org.junit.jupiter.api.Test;

class ZoneTest {
    private static final List<Point> SQUARE =
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1));

    @Test
    void takesWhatCanBeWatched() {
        Zone zone = Zone.of("7", SQUARE, "clutter", 60);
        assertThat(zone.rule()).isEqualTo(Rule.CLUTTER);
        assertThat(zone.area().corners()).hasSize(4);
    }

    @Test
    void refusalsNameTheFieldTheValueAndTheRule() {
        assertThat(refusal(SQUARE.subList(0, 2), "clutter", 60).field()).isEqualTo("polygon");
        assertThat(refusal(List.of(SQUARE.get(0), SQUARE.get(2), SQUARE.get(1), SQUARE.get(3)), "clutter", 60)
                        .rule())
                .contains("crosses");
        assertThat(refusal(List.of(new Point(0, 0), new Point(1.5, 0), new Point(1, 1)), "clutter", 60)
                        .rule())
                .contains("outside 0..1");
        ZoneRefused unknown = refusal(SQUARE, "juggling", 60);
        assertThat(unknown.field()).isEqualTo("rule");
        assertThat(unknown.value()).contains("juggling");
        assertThat(unknown.rule()).contains("clutter");
        assertThat(refusal(SQUARE, "clutter", 0).field()).isEqualTo("dwellSeconds");
        assertThat(refusal(SQUARE, "clutter", Double.NaN).field()).isEqualTo("dwellSeconds");
    }

    private static ZoneRefused refusal(List<Point> polygon, String rule, double dwell) {
        return catchThrowableOfType(ZoneRefused.class, () -> Zone.of("7", polygon, rule, dwell));
    }
}

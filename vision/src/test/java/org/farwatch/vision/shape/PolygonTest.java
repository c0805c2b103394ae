package org.farwatch.vision.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private static final Polygon ARROW = new Polygon(List.of(
            new Point(0.1, 0.1), new Point(0.9, 0.1), new Point(0.5, 0.4), new Point(0.9, 0.9), new Point(0.1, 0.9)));

    @Test
    void tellsInsideFromOutsideAlsoInANotch() {
        assertThat(ARROW.contains(new Point(0.2, 0.5))).isTrue();
        assertThat(ARROW.contains(new Point(0.8, 0.4))).isFalse();
        assertThat(ARROW.contains(new Point(0.05, 0.5))).isFalse();
        assertThat(ARROW.contains(new Point(0.8, 0.85))).isTrue();
    }

    @Test
    void boundsHoldAllCorners() {
        assertThat(ARROW.bounds().right()).isEqualTo(0.9);
        assertThat(ARROW.bounds().bottom()).isEqualTo(0.9);
        assertThat(ARROW.bounds().x()).isEqualTo(0.1);
    }

    @Test
    void saysWhatIsWrongWithCorners() {
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(1, 1)))).contains("at least 3 points, has 2");
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(1, 0), new Point(0.5, 1.01))))
                .contains("point 2")
                .contains("outside 0..1");
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(1, 0), new Point(Double.NaN, 0.5))))
                .contains("point 2");
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(1, 1), new Point(1, 0), new Point(0, 1))))
                .contains("side 0 crosses side 2");
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(0.5, 0.5), new Point(1, 1))))
                .isNotEmpty();
        assertThat(Polygon.fault(List.of(new Point(0, 0), new Point(0, 0), new Point(1, 1), new Point(1, 0))))
                .contains("followed by itself");
        assertThat(Polygon.fault(ARROW.corners())).isEmpty();
    }

    @Test
    void overlapIsIntersectionOverUnion() {
        Box box = new Box(0, 0, 0.4, 0.4);
        assertThat(box.overlap(new Box(0.2, 0, 0.4, 0.4)))
                .isEqualTo(1 / 3.0, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(box.overlap(new Box(0.5, 0.5, 0.1, 0.1))).isZero();
        assertThat(box.coveredBy(new Box(0, 0, 0.4, 0.1))).isEqualTo(0.25, org.assertj.core.data.Offset.offset(1e-9));
    }
}

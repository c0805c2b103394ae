package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.farwatch.geo.PositionFlag;
import org.farwatch.geo.place.Border;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** One position against a post, by the same rules as presence. */
class PostFixTest {
    private static final double METRES_PER_DEGREE = 111_195;
    private static final double HALF = 0.001;
    private static final Border POST = Border.of(new GeometryFactory().createPolygon(new Coordinate[] {
        new Coordinate(121.5 - HALF, 31.2 - HALF),
        new Coordinate(121.5 + HALF, 31.2 - HALF),
        new Coordinate(121.5 + HALF, 31.2 + HALF),
        new Coordinate(121.5 - HALF, 31.2 + HALF),
        new Coordinate(121.5 - HALF, 31.2 - HALF)
    }));

    @Test
    void isAtThePostInsideAndSoNearThatItCannotTell() {
        assertThat(outside(-20, Float.NaN, 0).atPost()).isTrue();
        assertThat(outside(14, Float.NaN, 0).atPost()).isTrue();
        PostFix away = outside(16, Float.NaN, 0);
        assertThat(away.usable()).isTrue();
        assertThat(away.atPost()).isFalse();
        assertThat(away.outsideMetres()).isCloseTo(16, within(0.3));
        assertThat(outside(-20, Float.NaN, 0).outsideMetres()).isCloseTo(-20, within(0.3));
    }

    @Test
    void anErrorThatReachesBackToTheBorderIsNoProofOfBeingAway() {
        assertThat(outside(40, 50, 0).atPost()).isTrue();
        assertThat(outside(60, 50, 0).atPost()).isFalse();
    }

    @Test
    void withoutAFixOrAClockOrWithTooLargeAnErrorItSaysNothing() {
        for (PostFix none : new PostFix[] {
            outside(-20, Float.NaN, PositionFlag.NO_FIX.mask()),
            outside(-20, Float.NaN, PositionFlag.PAST_TIME.mask()),
            outside(-20, 101, 0),
            PostFix.of(POST, PresenceRules.DEFAULT, Double.NaN, Double.NaN, Float.NaN, 0)
        }) {
            assertThat(none.usable()).isFalse();
            assertThat(none.atPost()).isFalse();
            assertThat(none.outsideMetres()).isNaN();
        }
    }

    private static PostFix outside(double metres, float accuracy, int flags) {
        double latitude = 31.2 + HALF + metres / METRES_PER_DEGREE;
        return PostFix.of(POST, PresenceRules.DEFAULT, 121.5, latitude, accuracy, flags);
    }
}

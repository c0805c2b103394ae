package org.farwatch.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OfficerWalkTest {
    /** 0.01 degrees of latitude are 1111.95 m on the mean sphere. */
    private static final double LEG_METRES = 1111.95;

    private final OfficerWalk northAndEast =
            new OfficerWalk(new double[][] {{121.47, 31.23}, {121.47, 31.24}, {121.48, 31.24}}, 3.6);

    @Test
    void itWalksOneMetreASecondAt36TenthsOfAKilometreAnHour() {
        OfficerWalk.Step step = northAndEast.at(555_975);

        assertThat(step.longitude()).isEqualTo(121.47);
        assertThat(step.latitude()).isCloseTo(31.235, within(1e-6));
        assertThat(step.heading()).isCloseTo(0, within(1e-9));
        assertThat(step.speedKmh()).isEqualTo(3.6);
    }

    @Test
    void itTurnsAtCorners() {
        OfficerWalk.Step step = northAndEast.at((long) (LEG_METRES * 1000) + 100_000);

        assertThat(step.latitude()).isCloseTo(31.24, within(1e-9));
        assertThat(step.longitude())
                .isCloseTo(121.47 + 100 / (111_195 * Math.cos(Math.toRadians(31.24))), within(1e-6));
        assertThat(step.heading()).isCloseTo(90, within(1e-6));
    }

    @Test
    void atTheEndItTurnsRound() {
        double all = LEG_METRES * (1 + Math.cos(Math.toRadians(31.24)));
        OfficerWalk.Step back = northAndEast.at((long) (all * 1000) + 100_000);
        OfficerWalk.Step again = northAndEast.at((long) (2 * all * 1000) + 100_000);

        assertThat(back.heading()).isCloseTo(270, within(1e-6));
        assertThat(back.longitude()).isBetween(121.478, 121.48);
        assertThat(again.heading()).isCloseTo(0, within(1e-6));
        assertThat(again.latitude()).isCloseTo(31.23 + 100 / 111_195.0, within(1e-5));
    }

    @Test
    void onePointIsStandingStill() {
        OfficerWalk.Step step = new OfficerWalk(new double[][] {{121.47, 31.23}}, 5).at(1_000_000);

        assertThat(step).isEqualTo(new OfficerWalk.Step(121.47, 31.23, 0, 0));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new OfficerWalk(new double[][] {}, 5))
                .hasMessage("corners must have at least one point, had none");
        assertThatThrownBy(() -> new OfficerWalk(new double[][] {{1, 2}}, -1))
                .hasMessage("speedKmh must be from 0 to 2000, was -1.0");
    }
}

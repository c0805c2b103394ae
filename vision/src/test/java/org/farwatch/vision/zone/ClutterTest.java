package org.farwatch.vision.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.farwatch.vision.detect.NanoDet;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.shape.Point;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClutterTest {
    private static final double DWELL = 6;
    private static final Zone ZONE = Zone.of(
            "pavement",
            List.of(new Point(0.05, 0.35), new Point(0.95, 0.35), new Point(0.95, 0.98), new Point(0.05, 0.98)),
            "clutter",
            DWELL);
    private static final Street.Thing CARTON = new Street.Thing(300, 210, 44, 36, -60, 5, 18);
    private static NanoDet detector;

    @BeforeAll
    static void load() {
        detector = new NanoDet();
    }

    @AfterAll
    static void unload() {
        detector.close();
    }

    @Test
    void aCartonIsOneLeadAndEndsWhenItIsTakenAway() {
        Heard heard = watch(new Street(1).thing(CARTON), 22, 5);
        assertRaisedOnce(heard, CARTON);
        assertThat(heard.ends).hasSize(1);
        assertThat(heard.ends.getFirst().number())
                .isEqualTo(heard.leads.getFirst().number());
        assertThat(heard.ends.getFirst().reason()).isEqualTo(LeadEnd.Reason.REMOVED);
        assertThat(heard.ends.getFirst().endedMicros() / 1e6).isBetween(18.0, 21.0);
    }

    /** Joints that a carton hides are no outline of something that went. */
    @ParameterizedTest
    @CsvSource({"40, -45, 90, 70", "40, 70, 70, 60", "20, -45, 60, 50", "30, -60, 44, 36"})
    void aCartonOnPavedGroundIsALeadUntilItIsTakenAway(int tile, int contrast, int width, int height) {
        Street.Thing carton = new Street.Thing(283, 205, width, height, contrast, 5, 18);
        Heard heard = watch(new Street(31).tiles(tile).thing(carton), 22, 5);
        assertRaisedOnce(heard, carton);
        assertThat(heard.ends).hasSize(1);
        assertThat(heard.ends.getFirst().endedMicros() / 1e6).isBetween(18.0, 21.0);
    }

    @Test
    void evidenceShowsThePlaceWithoutAndWithTheThing() {
        Lead lead = watch(new Street(1).thing(CARTON), 13, 5).leads.getFirst();
        assertThat(brightness(lead.before())).isGreaterThan(brightness(lead.after()) + 30);
        assertThat(lead.confidence()).isBetween(0.5, 1.0);
    }

    @ParameterizedTest
    @CsvSource({
        // seed, noise, shake, light step, light drift, width, height, contrast, pictures a second
        "2, 8, 0, 1, 0, 44, 36, -60, 5", // noise
        "3, 3, 3, 1, 0, 44, 36, -60, 5", // shaking
        "4, 3, 0, 1.3, 0, 44, 36, 60, 5", // light up by 30 % while it stands
        "5, 3, 0, 0.7, 0, 44, 36, -60, 5", // light down
        "6, 3, 1, 1, 0.25, 44, 36, -40, 5", // light drifting
        "7, 2, 0, 1, 0, 14, 12, -70, 8", // small
        "8, 3, 0, 1, 0, 60, 50, 18, 10", // of low contrast
    })
    void itIsFoundInTimeUnder(
            long seed,
            double noise,
            double shake,
            double step,
            double drift,
            int width,
            int height,
            int contrast,
            double rate) {
        Street.Thing thing = new Street.Thing(300, 230, width, height, contrast, 5, 18);
        Street street = new Street(seed)
                .thing(thing)
                .noise(noise)
                .shake(shake)
                .lightStep(8, step)
                .lightDrift(drift)
                .walker(-40, 150, 1, 60, 40)
                .walker(660, 190, 6, -70, 180);
        Heard heard = watch(street, 21.2, rate);
        assertRaisedOnce(heard, thing);
        assertThat(heard.ends).hasSize(1);
    }

    @Test
    void walkersInFrontDelayNothing() {
        Street street = new Street(9).thing(CARTON);
        for (int i = 0; i < 12; i++) {
            street.walker(i % 2 == 0 ? 200 : 420, 180, 5 + i, i % 2 == 0 ? 90 : -90, 30 + 12 * i);
        }
        Heard heard = watch(street, 20.9, 5);
        assertRaisedOnce(heard, CARTON);
        assertThat(heard.ends).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 3, 0, 1, 0", // nothing but walkers
        "12, 6, 3, 1.3, 0", // and shaking, noise and more light
        "13, 3, 0, 0.7, 0.2", // and less light, drifting
    })
    void nothingIsRaisedWhereNothingIsLeft(long seed, double noise, double shake, double step, double drift) {
        Street street = new Street(seed)
                .noise(noise)
                .shake(shake)
                .lightStep(7, step)
                .lightDrift(drift)
                .walker(-40, 150, 0, 55, 40)
                .walker(640, 200, 3, -60, 180)
                .walker(-40, 240, 8, 80, 70);
        assertThat(watch(street, 20, 5).leads).isEmpty();
    }

    @Test
    void aThingThatStaysShorterThanTheDwellIsNoLead() {
        Street.Thing brief = new Street.Thing(300, 210, 44, 36, -60, 5, 5 + 0.7 * DWELL);
        assertThat(watch(new Street(14).thing(brief), 16, 5).leads).isEmpty();
    }

    @Test
    void aThingOutsideTheZoneIsNoLead() {
        Street.Thing outside = new Street.Thing(300, 40, 44, 36, -60, 5, 30);
        assertThat(watch(new Street(15).thing(outside), 16, 5).leads).isEmpty();
    }

    @Test
    void whatStoodThereFromTheBeginningAndGoesIsNoLead() {
        Street.Thing parked = new Street.Thing(250, 200, 90, 60, -50, -1, 6);
        assertThat(watch(new Street(16).thing(parked), 20, 5).leads).isEmpty();
    }

    @Test
    void aThingThatMayStayIsAbsorbed() {
        Heard heard = new Heard();
        Street street = new Street(1).thing(CARTON);
        try (ZoneWatch watch = new ZoneWatch(List.of(ZONE), detector, heard)) {
            play(watch, street, 0, 13);
            watch.absorb(heard.leads.getFirst().number());
            play(watch, street, 13, 17);
        }
        assertThat(heard.leads).hasSize(1);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void aClockSetBackLosesNoLead() {
        Heard heard = new Heard();
        Street street = new Street(1).thing(new Street.Thing(300, 210, 44, 36, -60, 5, 60));
        try (ZoneWatch watch = new ZoneWatch(List.of(ZONE), detector, heard)) {
            play(watch, street, 0, 8);
            // The stream's clock begins anew, nine seconds back.
            for (double t = 8; t < 14; t += 0.2) {
                try (Picture shown = street.at(t);
                        Picture renamed = new Picture(shown.bgr().clone(), Math.round((t - 9) * 1e6))) {
                    watch.take(renamed);
                }
            }
        }
        assertThat(heard.leads).hasSize(1);
    }

    private static void assertRaisedOnce(Heard heard, Street.Thing thing) {
        assertThat(heard.leads).hasSize(1);
        Lead lead = heard.leads.getFirst();
        assertThat(lead.zoneId()).isEqualTo("pavement");
        assertThat(lead.rule()).isEqualTo(Rule.CLUTTER);
        assertThat(lead.raisedMicros() / 1e6).isBetween(thing.from() + DWELL - 1, thing.from() + DWELL + 2);
        assertThat(lead.firstSeenMicros() / 1e6).isBetween(thing.from() - 1, thing.from() + 2);
        assertThat(lead.box().overlap(thing.box())).isGreaterThan(thing.height() < 24 ? 0.3 : 0.5);
    }

    private static Heard watch(Street street, double seconds, double rate) {
        Heard heard = new Heard();
        try (ZoneWatch watch = new ZoneWatch(List.of(ZONE), detector, heard)) {
            for (int i = 0; i < seconds * rate; i++) {
                try (Picture picture = street.at(i / rate)) {
                    watch.take(picture);
                }
            }
        }
        heard.leads.forEach(lead -> System.out.printf(
                Locale.ROOT,
                "generated street: raised at %.2f s, first seen %.2f s, box %s%n",
                lead.raisedMicros() / 1e6,
                lead.firstSeenMicros() / 1e6,
                lead.box()));
        heard.ends.forEach(end -> System.out.printf(Locale.ROOT, "  ended at %.2f s%n", end.endedMicros() / 1e6));
        return heard;
    }

    private static void play(ZoneWatch watch, Street street, double from, double to) {
        for (double t = from; t < to - 0.01; t += 0.2) {
            try (Picture picture = street.at(t)) {
                watch.take(picture);
            }
        }
    }

    /** Mean brightness of the middle of the carton's place. */
    private static double brightness(byte[] jpeg) {
        try (Mat picture = imdecode(new Mat(new BytePointer(jpeg), false), IMREAD_COLOR);
                Rect inner = new Rect(CARTON.x() + 8, CARTON.y() + 8, CARTON.width() - 16, CARTON.height() - 16);
                Mat part = new Mat(picture, inner)) {
            return mean(part).get(1);
        }
    }
}

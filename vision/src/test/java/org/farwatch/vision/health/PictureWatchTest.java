package org.farwatch.vision.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.Shared;
import org.farwatch.vision.health.HealthChange.Began;
import org.farwatch.vision.health.HealthChange.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A camera's faults on footage: none in what cameras really sent, each in what was made of it. */
class PictureWatchTest {
    private static final long LOOK = 10_000;
    private static final HealthLimits LIMITS = new HealthLimits(Duration.ofMinutes(1), 30, 0.2, 0.4, 0.5);
    private static final Set<HealthFault> ALL = HealthFault.ofPictures();
    /** Looks before something happens, while it lasts, and after it. */
    private static final int GOOD = 24;

    private static final int BAD = 12;
    private static final int AFTER = 12;

    /** Decoded once for all tests. */
    private static final Map<Path, Shots> DECODED = new HashMap<>();

    @AfterAll
    static void close() {
        DECODED.values().forEach(Shots::close);
        DECODED.clear();
    }

    private static Shots shots(Path clip, int every) throws IOException {
        Shots known = DECODED.get(clip);
        if (known == null) {
            known = Shots.of(clip, every);
            DECODED.put(clip, known);
        }
        return known;
    }

    /** What became of a series of looks. */
    private static final class Course {
        final PictureWatch watch;
        final List<HealthChange> changes = new ArrayList<>();
        final List<HealthSample> samples = new ArrayList<>();
        private long now = 1_000_000_000;
        private int looks;
        private long nanos;

        Course(WatchMemory memory) {
            watch = new PictureWatch(ALL, memory);
        }

        void look(Shots shots, Shots.Damage damage, int count, double rate) {
            for (int i = 0; i < count; i++) {
                take(glance(shots, damage), rate);
            }
        }

        /** Each picture is seen anew, as a service does, and measured. */
        void lookAnew(Shots shots, int count, double rate) {
            for (int i = 0; i < count; i++) {
                long before = System.nanoTime();
                take(Glance.of(shots.at(looks)), rate);
                nanos += System.nanoTime() - before;
            }
        }

        private Glance glance(Shots shots, Shots.Damage damage) {
            if (damage.equals(Shots.Damage.NONE)) {
                return shots.glance(looks);
            }
            try (Mat picture = damage.apply(shots.at(looks), looks)) {
                return Glance.of(picture);
            }
        }

        private void take(Glance glance, double rate) {
            PictureWatch.Look look = watch.take(glance, rate, now, LIMITS);
            changes.addAll(look.changes());
            samples.add(look.sample());
            looks++;
            now += LOOK;
        }

        List<HealthFault> faults() {
            return changes.stream()
                    .filter(Began.class::isInstance)
                    .map(HealthChange::fault)
                    .toList();
        }

        String figures(int from, int to) {
            DoubleSummaryStatistics sharpness = new DoubleSummaryStatistics();
            DoubleSummaryStatistics kept = new DoubleSummaryStatistics();
            DoubleSummaryStatistics lost = new DoubleSummaryStatistics();
            DoubleSummaryStatistics stir = new DoubleSummaryStatistics();
            for (HealthSample sample : samples.subList(from, to)) {
                add(sharpness, sample.sharpness());
                add(kept, sample.kept());
                add(lost, sample.lost());
                add(stir, sample.stir());
            }
            return "sharpness " + range(sharpness) + " kept " + range(kept) + " lost " + range(lost) + " stir "
                    + range(stir);
        }

        private static void add(DoubleSummaryStatistics statistics, double value) {
            if (!Double.isNaN(value)) {
                statistics.accept(value);
            }
        }

        private static String range(DoubleSummaryStatistics of) {
            return of.getCount() == 0 ? "-" : String.format(Locale.ROOT, "%.2f-%.2f", of.getMin(), of.getMax());
        }
    }

    /** @param bare whether there is hardly anything but the ground to be seen: such a view is not told from another */
    private record Scene(String name, Path file, int every, boolean bare) {
        Shots shots() throws IOException {
            return PictureWatchTest.shots(file, every);
        }

        static List<Scene> all() {
            return List.of(
                    new Scene("vtest", Shared.vtest(), 10, false),
                    new Scene("road", Shared.data("footage/road_768x432.mp4"), 4, true),
                    new Scene("hall", Shared.data("footage/HallAndMonitor/input_25fps.mp4"), 4, false));
        }
    }

    @Test
    void footageOfCamerasThatAreWellHasNoFault() throws IOException {
        for (Scene scene : Scene.all()) {
            Shots shots = scene.shots();
            Course course = new Course(WatchMemory.NONE);
            course.lookAnew(shots, Math.max(120, shots.size()), 25);
            System.out.printf(
                    Locale.ROOT,
                    "camera health, %s as it is: %s, %d looks, %s, %.1f ms a look%n",
                    scene.name(),
                    course.faults(),
                    course.samples.size(),
                    course.figures(Learned.ENOUGH, course.samples.size()),
                    course.nanos / 1e6 / course.samples.size());
            assertThat(course.changes).as(scene.name()).isEmpty();
            assertThat(course.watch.hasLearned()).isTrue();
        }
    }

    @Test
    void whatHappensToACameraIsOneFaultAndEndsWhenItIsOver() throws IOException {
        for (Scene scene : Scene.all()) {
            Shots shots = scene.shots();
            expect(
                    scene,
                    shots,
                    "blurred, sigma 1 % of the width",
                    Shots.blurred(0.01 * shots.at(0).cols()),
                    HealthFault.BLURRED);
            expect(
                    scene,
                    shots,
                    "blurred, sigma 0.5 %",
                    Shots.blurred(0.005 * shots.at(0).cols()),
                    HealthFault.BLURRED);
            expect(
                    scene,
                    shots,
                    "blurred, sigma 0.25 %",
                    Shots.blurred(0.0025 * shots.at(0).cols()),
                    scene.bare() ? null : HealthFault.BLURRED);
            expect(scene, shots, "80 % covered", Shots.covered(0.8), scene.bare() ? null : HealthFault.COVERED);
            expect(scene, shots, "covered", Shots.covered(1), HealthFault.COVERED);
            expect(
                    scene,
                    shots,
                    "turned by 4 % of the width",
                    Shots.turned(0.04, 0),
                    scene.bare() ? null : HealthFault.MOVED);
            expect(scene, shots, "turned by 10 %", Shots.turned(0.1, 0), scene.bare() ? null : HealthFault.MOVED);
            expect(scene, shots, "turned by half", Shots.turned(0.5, 0), scene.bare() ? null : HealthFault.MOVED);
            expect(scene, shots, "tilted by 8 degrees", Shots.turned(0, 8), scene.bare() ? null : HealthFault.MOVED);
            expect(scene, shots, "black", Shots.night(0.02, 1), HealthFault.BLACK);
            expect(scene, shots, "frozen", Shots.frozen(shots.at(GOOD)), HealthFault.FROZEN);
        }
    }

    @Test
    void whatCamerasLiveThroughIsNoFault() throws IOException {
        for (Scene scene : Scene.all()) {
            Shots shots = scene.shots();
            expect(scene, shots, "swaying by 3 pixels of 320", Shots.swaying(3), null);
            expect(scene, shots, "half as bright", Shots.brighter(0.5), null);
            expect(scene, shots, "brighter by half", Shots.brighter(1.5), null);
            expect(scene, shots, "a quarter covered", Shots.covered(0.25), null);
            expect(scene, shots, "noise at dusk", Shots.night(0.6, 6), null);
            Mat still = shots.at(GOOD);
            Shots.Damage night = Shots.night(0.2, 2);
            Shots.Damage noise = Shots.night(1, 1);
            expect(scene, shots, "a still day", (_, look) -> noise.apply(still, look), null);
            expect(
                    scene,
                    shots,
                    "a still night",
                    (_, look) -> night.apply(still, look),
                    scene.bare() ? HealthFault.BLACK : null);
        }
    }

    private static void expect(Scene scene, Shots shots, String what, Shots.Damage damage, HealthFault fault) {
        Course course = new Course(WatchMemory.NONE);
        course.look(shots, Shots.Damage.NONE, GOOD, 25);
        course.look(shots, damage, BAD, 25);
        course.look(shots, Shots.Damage.NONE, AFTER, 25);
        System.out.printf(
                Locale.ROOT,
                "camera health, %s, %s: %s, %s%n",
                scene.name(),
                what,
                course.faults(),
                course.figures(GOOD + 1, GOOD + BAD));
        String as = scene.name() + ", " + what + ": " + course.changes;
        if (fault == null) {
            assertThat(course.changes).as(as).isEmpty();
            return;
        }
        assertThat(course.changes).as(as).hasSize(2);
        assertThat(course.changes.getFirst()).as(as).isInstanceOf(Began.class);
        assertThat(course.changes.getFirst().fault()).as(as).isEqualTo(fault);
        assertThat(course.changes.getLast())
                .as(as)
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.sinceMillis())
                                .isEqualTo(((Began) course.changes.getFirst()).sinceMillis()));
    }

    @Test
    void fewerPicturesASecondThanItsOwnAreAFault() throws IOException {
        Shots shots = shots(Shared.vtest(), 10);
        Course course = new Course(WatchMemory.NONE);
        course.look(shots, Shots.Damage.NONE, GOOD, 25);
        course.look(shots, Shots.Damage.NONE, BAD, 14);
        assertThat(course.changes).as("14 of 25 a second are more than half").isEmpty();
        course.look(shots, Shots.Damage.NONE, BAD, 8);
        assertThat(course.faults()).containsExactly(HealthFault.SLOW);
        course.look(shots, Shots.Damage.NONE, AFTER, 24);
        assertThat(course.changes).hasSize(2);
    }

    @Test
    void anotherWatchGoesOnWhereTheFirstWasStopped() throws IOException {
        Shots shots = shots(Shared.vtest(), 10);
        Course first = new Course(WatchMemory.NONE);
        first.look(shots, Shots.Damage.NONE, GOOD, 25);
        first.look(shots, Shots.turned(0.1, 0), BAD, 25);
        assertThat(first.faults()).containsExactly(HealthFault.MOVED);

        Course second = new Course(first.watch.memory());
        second.look(shots, Shots.turned(0.1, 0), BAD, 25);
        assertThat(second.changes).as("it is the same fault").isEmpty();
        second.look(shots, Shots.Damage.NONE, AFTER, 25);
        assertThat(second.changes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.sinceMillis())
                                .isEqualTo(((Began) first.changes.getFirst()).sinceMillis()));
    }

    @Test
    void whatIsShorterThanTheDwellIsNoFault() throws IOException {
        Shots shots = shots(Shared.vtest(), 10);
        Course course = new Course(WatchMemory.NONE);
        course.look(shots, Shots.Damage.NONE, GOOD, 25);
        for (int i = 0; i < 5; i++) {
            course.look(shots, Shots.covered(1), 5, 25);
            course.look(shots, Shots.Damage.NONE, 2, 25);
        }
        assertThat(course.changes).isEmpty();
    }

    @Test
    void aPtzCameraIsJudgedOnlyByWhatDoesNotDependOnItsView() throws IOException {
        Shots shots = shots(Shared.vtest(), 10);
        PictureWatch watch =
                new PictureWatch(EnumSet.of(HealthFault.BLACK, HealthFault.FROZEN, HealthFault.SLOW), WatchMemory.NONE);
        Shots.Damage turned = Shots.turned(0.3, 0);
        List<HealthChange> changes = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            try (Mat picture = (i < 30 ? Shots.Damage.NONE : turned).apply(shots.at(i), i)) {
                changes.addAll(
                        watch.take(Glance.of(picture), 25, i * LOOK, LIMITS).changes());
            }
        }
        assertThat(changes).isEmpty();
    }
}

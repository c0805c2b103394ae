package org.farwatch.vision.evaluation.composite;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.farwatch.vision.evaluation.Truth;
import org.farwatch.vision.shape.Box;

/**
 * A scene drawn from a seed: what stands, goes and changes in it.
 *
 * @param seconds of the clip's clock; pictures between {@code cutFrom} and {@code cutTo} are left out
 */
record Plan(
        long seed,
        double seconds,
        double dwell,
        double rate,
        int bitRate,
        double cutFrom,
        double cutTo,
        Air air,
        List<Piece> pieces,
        List<Rectangle> trees,
        List<Opening> doors,
        List<Truth.Event> events,
        List<Truth.Event> distractors) {
    private static final double SECONDS = 42;
    private static final int GAP = 10;

    /** A door that stands open for a time. */
    record Opening(Rectangle place, double from, double to) {}

    static Plan drawn(long seed, Backdrop backdrop) {
        return new Draft(seed, backdrop).plan();
    }

    /** The choices being made, in one order. */
    private static final class Draft {
        private final long seed;
        private final Backdrop backdrop;
        private final Random random;
        private final int height;
        private final double dwell;
        private final double seconds;
        private final double cutFrom;
        private final double cutTo;
        private final List<Rectangle> taken = new ArrayList<>();
        private final List<Piece> behind = new ArrayList<>();
        private final List<Piece> before = new ArrayList<>();
        private final List<Rectangle> trees = new ArrayList<>();
        private final List<Opening> doors = new ArrayList<>();
        private final List<Truth.Event> events = new ArrayList<>();
        private final List<Truth.Event> distractors = new ArrayList<>();

        Draft(long seed, Backdrop backdrop) {
            this.seed = seed;
            this.backdrop = backdrop;
            random = new Random(seed * 7919 + 17);
            height = backdrop.height();
            dwell = 4 + random.nextInt(3);
            boolean cut = random.nextDouble() < 0.25;
            double length = cut ? 1 + 29 * random.nextDouble() : 0;
            cutFrom = cut ? 6 + 8 * random.nextDouble() : Double.POSITIVE_INFINITY;
            cutTo = cutFrom + length;
            seconds = SECONDS + length;
        }

        Plan plan() {
            Air air = Air.drawn(random, seconds);
            double rate = 5 + random.nextInt(21);
            int bitRate = (int) (300_000 * Math.pow(2_000_000 / 300_000.0, random.nextDouble()));
            int things = 1 + random.nextInt(3);
            for (int i = 0; i < things; i++) {
                thing(true);
            }
            if (random.nextDouble() < 0.4) {
                thing(false);
            }
            if (random.nextDouble() < 0.4) {
                standing();
            }
            if (random.nextDouble() < 0.25) {
                parked();
            }
            if (random.nextDouble() < 0.15) {
                door();
            }
            if (random.nextDouble() < 0.25) {
                tree();
            }
            List<Piece> pieces = new ArrayList<>(behind);
            pieces.addAll(before);
            return new Plan(
                    seed,
                    seconds,
                    dwell,
                    rate,
                    bitRate,
                    cutFrom,
                    cutTo,
                    air,
                    pieces,
                    trees,
                    doors,
                    events,
                    distractors);
        }

        private double uniform(double from, double to) {
            return from + (to - from) * random.nextDouble();
        }

        /** A free place in the lower part of the picture, or null when there is none. */
        private Rectangle place(int width, int tall) {
            for (int attempt = 0; attempt < 60; attempt++) {
                int highest = Math.max(8, (int) (0.35 * height) - tall / 2);
                int lowest = height - tall - 8;
                if (lowest <= highest || width > Backdrop.WIDTH - 80) {
                    return null;
                }
                Rectangle free = new Rectangle(
                        30 + random.nextInt(Backdrop.WIDTH - 60 - width),
                        highest + random.nextInt(lowest - highest),
                        width,
                        tall);
                Rectangle grown = new Rectangle(free);
                grown.grow(GAP, GAP);
                if (taken.stream().noneMatch(grown::intersects)) {
                    taken.add(free);
                    return free;
                }
            }
            return null;
        }

        /** A time at which something that matters may begin: the cut is not then nor soon after. */
        private double begin(double latest) {
            for (int attempt = 0; attempt < 50; attempt++) {
                double at = uniform(5, latest);
                if (at > cutTo + 1 || at + dwell + 3 < cutFrom) {
                    return at;
                }
            }
            return cutTo + 1;
        }

        private void thing(boolean event) {
            int tall = (int) Math.round(12 * Math.pow(0.4 * height / 12, random.nextDouble()));
            Goods goods = Goods.values()[random.nextInt(Goods.values().length)];
            Cutout drawn = goods.drawn(tall, random);
            Rectangle place = place(drawn.width(), tall);
            if (place == null) {
                return;
            }
            double ground = ground(drawn, place);
            double contrast = 12 * Math.pow(10, random.nextDouble());
            boolean darker = ground - contrast < 15 || ground + contrast <= 240 && random.nextBoolean();
            Cutout shown = drawn.withLuminance(darker ? ground - contrast : ground + contrast);
            boolean atCut = event && cutFrom < seconds && random.nextBoolean();
            double from = atCut ? cutTo : begin(seconds - 2 * dwell - 4);
            double stay = event ? dwell * 1.6 * Math.pow(6, random.nextDouble()) : dwell * uniform(0.3, 0.9);
            boolean taken60 = !event || random.nextDouble() < 0.6;
            double to = taken60 && from + stay < seconds - 4 ? from + stay : Double.POSITIVE_INFINITY;
            if (!event && Double.isInfinite(to)) {
                return;
            }
            if (to > cutFrom - 4 && to <= cutTo + 1 && from < cutFrom) {
                to = cutTo + 2;
            }
            String arrival = atCut ? "cut" : arrive(shown, place, from, to);
            if (atCut) {
                leave(shown, place, from, to);
            }
            passers(place, from, to, event ? 0.6 * random.nextDouble() * random.nextInt(2) : 0);
            String note = String.format(
                    Locale.ROOT,
                    "%s %d px, contrast %.0f, %s",
                    goods.name().toLowerCase(Locale.ROOT),
                    tall,
                    shown.luminance() - ground,
                    arrival);
            (event ? events : distractors).add(new Truth.Event("clutter", from, to, box(place), note));
        }

        private double ground(Cutout drawn, Rectangle place) {
            byte[] picture = backdrop.at(0);
            double sum = 0;
            int count = 0;
            for (int i = 0; i < drawn.argb().length; i++) {
                if (drawn.solid(i)) {
                    int at = 3 * ((place.y + i / drawn.width()) * Backdrop.WIDTH + place.x + i % drawn.width());
                    int rgb = (picture[at + 2] & 0xFF) << 16 | (picture[at + 1] & 0xFF) << 8 | picture[at] & 0xFF;
                    sum += Cutout.luminance(rgb);
                    count++;
                }
            }
            return count == 0 ? 0 : sum / count;
        }

        /** Somebody brings it, visibly in his hands or hidden behind him, and perhaps fetches it. */
        private String arrive(Cutout shown, Rectangle place, double from, double to) {
            double speed = (random.nextBoolean() ? 1 : -1) * Math.max(uniform(50, 100), place.width);
            int tall = (int) Math.clamp(place.height * 1.5, 60, 0.7 * height);
            Cutout person = Goods.person(tall, random);
            int top = Math.max(0, place.y + place.height - tall + 2);
            double x = place.getCenterX() - person.width() / 2.0;
            boolean hidden = person.width() * 0.85 >= place.width && tall * 0.78 >= place.height;
            double pause = hidden ? 0.3 : 0.8;
            before.add(
                    new Piece(person, top, Track.visit(from - pause / 2, from + pause / 2, x, speed, person.width())));
            if (hidden) {
                leave(shown, place, from, to);
                return "hidden";
            }
            double start = speed > 0 ? -place.width : Backdrop.WIDTH;
            double arrive = from - pause / 2;
            double end = speed > 0 ? Backdrop.WIDTH : -place.width;
            double last = Double.isInfinite(to) ? seconds + 9 : to;
            behind.add(new Piece(
                    shown,
                    place.y,
                    new Track(
                            new double[] {
                                arrive - (place.x - start) / speed, arrive, last, last + (end - place.x) / speed
                            },
                            new double[] {start, place.x, place.x, end})));
            fetch(place, to, speed);
            return "carried";
        }

        private void leave(Cutout shown, Rectangle place, double from, double to) {
            double speed = (random.nextBoolean() ? 1 : -1) * Math.max(uniform(60, 100), place.width);
            double end = speed > 0 ? Backdrop.WIDTH : -place.width;
            double last = Double.isInfinite(to) ? seconds + 9 : to;
            behind.add(new Piece(
                    shown, place.y, new Track(new double[] {from, last, last + (end - place.x) / speed}, new double[] {
                        place.x, place.x, end
                    })));
            fetch(place, to, speed);
        }

        private void fetch(Rectangle place, double to, double speed) {
            if (Double.isInfinite(to)) {
                return;
            }
            int tall = (int) Math.clamp(place.height * 1.5, 60, 0.7 * height);
            Cutout person = Goods.person(tall, random);
            double x = place.getCenterX() - person.width() / 2.0;
            before.add(new Piece(
                    person,
                    Math.max(0, place.y + place.height - tall + 2),
                    Track.visit(to - 0.4, to, x, speed, person.width())));
        }

        private void passers(Rectangle place, double from, double to, double share) {
            if (share < 0.05) {
                return;
            }
            double time = from + 1.5;
            double last = Math.min(to, seconds);
            while (time < last) {
                int tall = (int) uniform(60, 130);
                Cutout person = Goods.person(tall, random);
                double speed = uniform(45, 90) * (random.nextBoolean() ? 1 : -1);
                double hiding = person.width() / Math.abs(speed) + 0.2;
                double x = place.getCenterX() - person.width() / 2.0;
                int top = Math.clamp(place.y + place.height - tall + random.nextInt(12), 0, height - tall);
                before.add(new Piece(person, top, Track.visit(time, time, x, speed, person.width())));
                time += hiding / share * uniform(0.6, 1.4);
            }
        }

        private void standing() {
            int tall = (int) uniform(50, 140);
            Cutout person = Goods.person(tall, random);
            Rectangle place = place(person.width(), tall);
            if (place == null) {
                return;
            }
            double from = begin(seconds - 2 * dwell);
            double to = from + dwell * uniform(0.3, 0.9);
            double speed = uniform(45, 90) * (random.nextBoolean() ? 1 : -1);
            before.add(new Piece(person, place.y, Track.visit(from, to, place.x, speed, person.width())));
            distractors.add(new Truth.Event("clutter", from, to, box(place), "standing person"));
        }

        private void parked() {
            Cutout car = Goods.car((int) uniform(40, 90), random);
            Rectangle place = place(car.width(), car.height());
            if (place == null) {
                return;
            }
            double to = begin(20);
            behind.addFirst(new Piece(car, place.y, new Track(new double[] {-1, to, to + 5}, new double[] {
                place.x, place.x, place.x + 5 * 160
            })));
            distractors.add(new Truth.Event("clutter", 0, to, box(place), "parked car"));
        }

        private void door() {
            Rectangle place = place((int) uniform(24, 50), (int) uniform(50, 100));
            if (place == null) {
                return;
            }
            double from = begin(seconds - 2 * dwell);
            double to = from + dwell * uniform(0.3, 0.9);
            doors.add(new Opening(place, from, to));
            distractors.add(new Truth.Event("clutter", from, to, box(place), "open door"));
        }

        private void tree() {
            Rectangle place = place((int) uniform(60, 140), (int) uniform(50, 120));
            if (place == null) {
                return;
            }
            trees.add(place);
            distractors.add(new Truth.Event("clutter", 0, seconds, box(place), "moving tree"));
        }

        private Box box(Rectangle place) {
            return new Box(
                    (double) place.x / Backdrop.WIDTH,
                    (double) place.y / height,
                    (double) place.width / Backdrop.WIDTH,
                    (double) place.height / height);
        }
    }
}

package org.farwatch.vision.background;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.farwatch.vision.background.Blobs.Blob;
import org.farwatch.vision.shape.Box;

/**
 * Finds what came to stand before a camera's background, whatever it is, and follows it until it is gone.
 *
 * <p>Takes pictures at any rate; 5 a second are enough. Shaking up to about 6 pixels of the small picture, light changing for the
 * whole picture, people passing in front and noise are borne. What stands in the first picture is background. Owned by one thread.
 */
public final class StaticObjects implements AutoCloseable {
    private static final int ANALYSIS_CENTIS = 20;
    private static final int REFER_CENTIS = 100;
    /** Whoever walks by slowly shows a pixel one colour for up to two seconds. */
    private static final int LEAST_AGE_CENTIS = 180;

    private static final int LEAST_SUPPORT_CENTIS = 70;
    private static final int VACATED_CENTIS = 40;
    private static final double LEAST_SHARE_SEEN = 0.3;
    private static final int GAP_CENTIS = 100;
    private static final int SEEN_WITHIN_CENTIS = 300;
    private static final float LEAST_DIFFERENCE = 5;
    private static final int FEWEST_PIXELS = 25;
    private static final int NEAR = 4;
    private static final int TOGETHER_CENTIS = 200;
    private static final int ONE_THING_CENTIS = 300;
    private static final double FIRST_SHARE = 0.4;
    private static final int FRESH_CENTIS = 50;
    private static final double FRESH_SHARE = 0.1;
    private static final int STALE_CENTIS = 250;
    private static final double MOSTLY = 0.5;
    private static final int HIDDEN_CENTIS = 400;
    private static final int HIDDEN_KEPT_CENTIS = 12_000;
    private static final int ELSEWHERE_ABSORBED_CENTIS = 3_000;
    private static final double LOST_SHARE = 0.3;
    private static final int LOST_CENTIS = 300;

    private final int width;
    private final int height;
    private final boolean[] watched;
    private final Layers layers;
    private final Alignment alignment;
    private final Blobs blobs;
    private final Mat blurred = new Mat();
    private final Mat reference;
    private final Size kernel = new Size(5, 5);
    private final byte[] pixels;
    private final boolean[] mask;
    private final List<StaticObject> objects = new ArrayList<>();
    private int nextId = 1;
    private int analysedAt;
    private int referredAt;
    private int takenAt;
    private int resumedAt;
    private int lostSince = -1;

    /**
     * @param watched the pixels of the small grey picture where things matter; elsewhere they become background soon
     */
    public StaticObjects(int width, int height, boolean[] watched) {
        this.width = width;
        this.height = height;
        this.watched = watched.clone();
        layers = new Layers(width, height);
        alignment = new Alignment(width, height);
        blobs = new Blobs(width, height);
        reference = new Mat(height, width, CV_32F);
        pixels = new byte[width * height];
        mask = new boolean[width * height];
    }

    /** What a picture changed. */
    public sealed interface Change {
        /** Nothing is known to have changed; between two analyses always so. */
        record None() implements Change {}

        /** The objects were looked at again; those that are gone since. */
        record Analysed(List<StaticObject> gone) implements Change {}

        /** The camera shows another scene: all objects are forgotten. */
        record Lost(List<StaticObject> gone) implements Change {}
    }

    /**
     * Takes a picture in.
     *
     * @param grey as {@link Grey} makes it, of the size given at construction
     * @param centis hundredths of a second, never running backwards
     */
    public Change take(Mat grey, int centis) {
        resumedAt = centis - takenAt > GAP_CENTIS ? centis : resumedAt;
        takenAt = centis;
        GaussianBlur(layers.started() ? alignment.aligned(grey) : grey, blurred, kernel, 0);
        blurred.data().get(pixels);
        if (!layers.started()) {
            restart(centis);
            return new Change.None();
        }
        double clear =
                layers.take(pixels, Brightness.against(pixels, layers.background, width), alignment.shift(), centis);
        if (clear >= LOST_SHARE) {
            lostSince = -1;
        } else if (lostSince < 0) {
            lostSince = centis;
        } else if (centis - lostSince >= LOST_CENTIS) {
            List<StaticObject> gone = List.copyOf(objects);
            objects.clear();
            restart(centis);
            return new Change.Lost(gone);
        }
        if (centis - referredAt >= REFER_CENTIS) {
            referredAt = centis;
            layers.steepen();
            refer();
        }
        if (centis - analysedAt < ANALYSIS_CENTIS) {
            return new Change.None();
        }
        analysedAt = centis;
        return new Change.Analysed(analyse(centis));
    }

    /**
     * Says where the first picture shows people or vehicles: what is seen there for longer is the background.
     *
     * <p>To be called after the first picture and after a {@link Change.Lost}.
     */
    public void distrust(List<Box> boxes) {
        for (Box box : boxes) {
            for (int y = (int) (box.y() * height); y < Math.min(height, Math.ceil(box.bottom() * height)); y++) {
                for (int x = (int) (box.x() * width); x < Math.min(width, Math.ceil(box.right() * width)); x++) {
                    layers.distrust(y * width + x);
                }
            }
        }
    }

    /** The objects that stand there now. */
    public List<StaticObject> objects() {
        return Collections.unmodifiableList(objects);
    }

    /** How long ago an object was first seen, hundredths of a second. */
    public int age(StaticObject object) {
        return analysedAt - object.since;
    }

    /** What an object is; asked when it is old enough to matter, as its outline takes a while to come clear of people. */
    public Nature nature(StaticObject object) {
        return Nature.of(object, layers);
    }

    /**
     * Puts the parts of an object together, as those of the ground's colour come clear of it late or never. To be called when it is
     * about to matter.
     *
     * @return the object, or the kept one that it turned out to be a part of
     */
    public StaticObject gather(StaticObject object) {
        for (StaticObject other : objects) {
            if (other != object && other.kept && object.box().coveredBy(grown(other)) >= MOSTLY) {
                merge(other, object);
                return other;
            }
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (StaticObject other : List.copyOf(objects)) {
                boolean apart = other == object || other.kept;
                boolean inside = !apart && other.box().coveredBy(grown(object)) >= MOSTLY;
                boolean beside = !apart
                        && object.near(other.left, other.top, other.right, other.bottom, NEAR)
                        && Math.abs(object.since - other.since) <= ONE_THING_CENTIS;
                if (inside || beside) {
                    merge(object, other);
                    grew = true;
                }
            }
        }
        return object;
    }

    private Box grown(StaticObject object) {
        return object.box().grown((double) NEAR / width, (double) NEAR / height);
    }

    private void merge(StaticObject into, StaticObject part) {
        objects.remove(part);
        into.cover(IntStream.concat(Arrays.stream(into.pixels), Arrays.stream(part.pixels))
                .toArray());
    }

    /** Makes an object background: it was looked at and is to stay. */
    public void absorb(StaticObject object) {
        for (int pixel : object.pixels) {
            layers.absorb(pixel);
        }
        objects.remove(object);
    }

    private void restart(int centis) {
        layers.restart(pixels, centis);
        alignment.restart();
        analysedAt = centis;
        referredAt = centis;
        lostSince = -1;
        refer();
    }

    private void refer() {
        try (FloatPointer floats = new FloatPointer(reference.data())) {
            floats.put(layers.background);
        }
        alignment.refer(reference);
    }

    private List<StaticObject> analyse(int centis) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] = layers.thingSupport[i] >= LEAST_SUPPORT_CENTIS
                    && centis - layers.thingSince[i] >= LEAST_AGE_CENTIS
                    && Math.abs(layers.thing[i] - layers.background[i]) > LEAST_DIFFERENCE
                    && (layers.locked[i] || centis - layers.thingLast[i] <= SEEN_WITHIN_CENTIS);
        }
        Map<StaticObject, int[]> parts = own(centis);
        Arrays.fill(layers.locked, false);
        join(parts, centis);
        List<StaticObject> gone = new ArrayList<>();
        for (StaticObject object : List.copyOf(objects)) {
            int[] its = parts.getOrDefault(object, new int[0]);
            if (its.length < FEWEST_PIXELS
                    || centis - object.visibleAt > (object.kept ? HIDDEN_KEPT_CENTIS : HIDDEN_CENTIS)) {
                for (int pixel : object.pixels) {
                    layers.forget(pixel);
                }
                objects.remove(object);
                gone.add(object);
            } else {
                update(object, its, centis);
            }
        }
        return gone;
    }

    /**
     * What is left of each object. What comes to lie beside or around it later, a walker's trace or a shadow, is none of it and
     * cannot take it over.
     */
    private Map<StaticObject, int[]> own(int centis) {
        Map<StaticObject, int[]> parts = new HashMap<>();
        for (StaticObject object : objects) {
            int[] its = Arrays.stream(object.pixels)
                    .filter(pixel -> mask[pixel] && belongs(pixel, object, centis))
                    .toArray();
            for (int pixel : its) {
                mask[pixel] = false;
            }
            parts.put(object, its);
        }
        for (int i = 0; i < mask.length; i++) {
            mask[i] = mask[i] && stands(i, centis);
        }
        return parts;
    }

    private boolean belongs(int pixel, StaticObject object, int centis) {
        return object.kept
                || Math.abs(layers.thingSince[pixel] - object.since) <= ONE_THING_CENTIS && stands(pixel, centis);
    }

    /** Whether the thing of a pixel may still be there: it was seen for a good part of its time, and the ground is not seen now. */
    private boolean stands(int pixel, int centis) {
        int since = layers.thingSince[pixel];
        return layers.backgroundRun[pixel] <= VACATED_CENTIS
                && (since < resumedAt || layers.thingSupport[pixel] >= LEAST_SHARE_SEEN * (centis - since));
    }

    /** Gives what is new to an object that came with it and stands beside it, or makes it one; light is neither. */
    private void join(Map<StaticObject, int[]> parts, int centis) {
        for (Blob blob : blobs.of(mask, FEWEST_PIXELS)) {
            if (!inWatchedPart(blob)) {
                absorbOld(blob, centis);
                continue;
            }
            if (Nature.isLight(blob.pixels(), layers)) {
                continue;
            }
            int since = since(blob.pixels());
            StaticObject object = objects.stream()
                    .filter(other -> belongs(blob, since, other))
                    .findFirst()
                    .orElse(null);
            if (object == null) {
                object = new StaticObject(nextId++, width, height);
                object.since = since;
                object.visibleAt = centis;
                object.pixels = blob.pixels();
                objects.add(object);
            }
            parts.merge(object, blob.pixels(), StaticObjects::both);
        }
    }

    private static int[] both(int[] one, int[] other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }

    /** Whether it came with the object beside it, or is a part of it that was not clear of the ground before. */
    private boolean belongs(Blob blob, int since, StaticObject object) {
        boolean beside = object.near(blob.left(), blob.top(), blob.right(), blob.bottom(), NEAR)
                && Arrays.stream(object.pixels)
                        .anyMatch(pixel -> pixel % width >= blob.left() - NEAR
                                && pixel % width < blob.right() + NEAR
                                && pixel / width >= blob.top() - NEAR
                                && pixel / width < blob.bottom() + NEAR);
        boolean within = object.kept
                && blob.left() >= object.left - NEAR
                && blob.top() >= object.top - NEAR
                && blob.right() <= object.right + NEAR
                && blob.bottom() <= object.bottom + NEAR;
        return beside && (within || Math.abs(object.since - since) <= TOGETHER_CENTIS);
    }

    private void update(StaticObject object, int[] its, int centis) {
        object.cover(its);
        object.since = since(object.pixels);
        int shown = 0;
        double difference = 0;
        for (int pixel : object.pixels) {
            layers.locked[pixel] = true;
            difference += Math.abs(layers.thing[pixel] - layers.background[pixel]);
            if (layers.shown[pixel] == Layers.THING) {
                shown++;
            }
        }
        object.visible = (double) shown / object.pixels.length;
        object.contrast = difference / object.pixels.length;
        object.show(object.visible >= MOSTLY, centis);
        dropStale(object, centis);
    }

    /**
     * Forgets pixels that showed nothing of the object for a while though others did: what was taken for one thing were two, of
     * which one went behind or before the other.
     */
    private void dropStale(StaticObject object, int centis) {
        int fresh = 0;
        for (int pixel : object.pixels) {
            if (centis - layers.thingLast[pixel] <= FRESH_CENTIS) {
                fresh++;
            }
        }
        if (object.kept || fresh < Math.max(FEWEST_PIXELS, FRESH_SHARE * object.pixels.length)) {
            return;
        }
        for (int pixel : object.pixels) {
            if (centis - layers.thingLast[pixel] > STALE_CENTIS) {
                layers.forget(pixel);
            }
        }
    }

    private void absorbOld(Blob blob, int centis) {
        for (int pixel : blob.pixels()) {
            if (centis - layers.thingSince[pixel] > ELSEWHERE_ABSORBED_CENTIS) {
                layers.absorb(pixel);
            }
        }
    }

    private boolean inWatchedPart(Blob blob) {
        for (int pixel : blob.pixels()) {
            if (watched[pixel]) {
                return true;
            }
        }
        return false;
    }

    /** When two fifths of the pixels had their value: the first showed who brought the thing, the last were hidden by him. */
    private int since(int[] of) {
        int[] times = Arrays.stream(of)
                .map(pixel -> layers.thingSince[pixel])
                .sorted()
                .toArray();
        return times[(int) (FIRST_SHARE * (times.length - 1))];
    }

    @Override
    public void close() {
        alignment.close();
        blobs.close();
        blurred.close();
        reference.close();
        kernel.close();
    }
}

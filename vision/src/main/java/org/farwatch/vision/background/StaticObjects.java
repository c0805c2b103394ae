package org.farwatch.vision.background;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int LEAST_AGE_CENTIS = 70;
    private static final int LEAST_SUPPORT_CENTIS = 50;
    private static final int SEEN_WITHIN_CENTIS = 300;
    private static final float LEAST_DIFFERENCE = 5;
    private static final int FEWEST_PIXELS = 25;
    private static final int NEAR = 4;
    private static final int TOGETHER_CENTIS = 200;
    private static final double FIRST_SHARE = 0.4;
    private static final int FRESH_CENTIS = 50;
    private static final double FRESH_SHARE = 0.1;
    private static final int STALE_CENTIS = 250;
    private static final double MOSTLY = 0.5;
    private static final int HIDDEN_CENTIS = 800;
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
        Map<StaticObject, List<Blob>> parts = assign(centis);
        List<StaticObject> gone = new ArrayList<>();
        Arrays.fill(layers.locked, false);
        for (StaticObject object : List.copyOf(objects)) {
            List<Blob> its = parts.getOrDefault(object, List.of());
            if (its.isEmpty() || centis - object.visibleAt > (object.kept ? HIDDEN_KEPT_CENTIS : HIDDEN_CENTIS)) {
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

    private Map<StaticObject, List<Blob>> assign(int centis) {
        int[] owner = new int[mask.length];
        Map<Integer, StaticObject> byId = new HashMap<>();
        for (StaticObject object : objects) {
            byId.put(object.id, object);
            for (int pixel : object.pixels) {
                owner[pixel] = object.id;
            }
        }
        Map<StaticObject, List<Blob>> parts = new HashMap<>();
        for (Blob blob : blobs.of(mask, FEWEST_PIXELS)) {
            if (!inWatchedPart(blob)) {
                absorbOld(blob, centis);
                continue;
            }
            StaticObject object = byId.get(mostFrequent(blob, owner));
            int since = since(blob);
            if (object == null) {
                object = objects.stream()
                        .filter(other -> other.near(blob.left(), blob.top(), blob.right(), blob.bottom(), NEAR)
                                && Math.abs(other.since - since) <= TOGETHER_CENTIS)
                        .findFirst()
                        .orElse(null);
            }
            if (object == null) {
                object = new StaticObject(nextId++, width, height);
                object.since = since;
                object.visibleAt = centis;
                object.left = blob.left();
                object.top = blob.top();
                object.right = blob.right();
                object.bottom = blob.bottom();
                objects.add(object);
                byId.put(object.id, object);
            }
            parts.computeIfAbsent(object, _ -> new ArrayList<>()).add(blob);
        }
        return parts;
    }

    private void update(StaticObject object, List<Blob> parts, int centis) {
        object.pixels = parts.stream()
                .flatMapToInt(part -> Arrays.stream(part.pixels()))
                .toArray();
        object.left = parts.stream().mapToInt(Blob::left).min().orElseThrow();
        object.top = parts.stream().mapToInt(Blob::top).min().orElseThrow();
        object.right = parts.stream().mapToInt(Blob::right).max().orElseThrow();
        object.bottom = parts.stream().mapToInt(Blob::bottom).max().orElseThrow();
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

    private static int mostFrequent(Blob blob, int[] owner) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : blob.pixels()) {
            if (owner[pixel] != 0) {
                counts.merge(owner[pixel], 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private int since(Blob blob) {
        return since(blob.pixels());
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

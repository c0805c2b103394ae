package org.farwatch.vision.zone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.background.Grey;
import org.farwatch.vision.background.Nature;
import org.farwatch.vision.background.StaticObject;
import org.farwatch.vision.background.StaticObjects;
import org.farwatch.vision.background.StaticObjects.Change;
import org.farwatch.vision.detect.NanoDet;
import org.farwatch.vision.picture.Jpeg;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.shape.Polygon;

/**
 * Watches one camera's zones of the rule {@code clutter}: something that came to stand in a zone, is neither a person nor a
 * vehicle and stays for the zone's dwell is a lead; it ends when the thing is gone. One thing gives a zone one lead.
 *
 * <p>Time is the pictures' own; a clock that runs backwards is taken as a new beginning of the same scene. The detector is asked
 * only while something stands in a zone. Owned by one platform thread, together with the detector during {@link #take}.
 */
public final class ZoneWatch implements AutoCloseable {
    private static final double LEAST_SHARE_IN_ZONE = 0.5;
    private static final double LEAST_VISIBLE = 0.7;
    private static final double GREW = 1.2;
    private static final int LEAST_PIXEL_HEIGHT = 9;
    private static final int YOUNGEST_CENTIS = 100;
    private static final int INQUIRY_CENTIS = 400;
    private static final long LEAST_STEP_MICROS = 120_000;
    private static final long BEFORE_MICROS = 500_000;
    private static final int EVIDENCE_WIDTH = 1280;
    private static final double FULL_CONTRAST = 40;

    private final List<Zone> zones;
    private final NanoDet detector;
    private final EventSink sink;
    private final Grey grey = new Grey();
    private final Snapshots snapshots;
    private final Map<StaticObject, Inquiry> inquiries = new HashMap<>();
    private final Map<StaticObject, Map<Zone, Long>> raised = new HashMap<>();
    private StaticObjects objects;
    private Map<Zone, boolean[]> masks = Map.of();
    private int width;
    private int height;
    private long lastMicros;
    private int centis;
    private long nextNumber = 1;

    /**
     * @param zones of one camera
     * @param detector tells people and vehicles; stays the caller's
     */
    public ZoneWatch(List<Zone> zones, NanoDet detector, EventSink sink) {
        this.zones = List.copyOf(zones);
        this.detector = detector;
        this.sink = sink;
        double longest = zones.stream().mapToDouble(Zone::dwellSeconds).max().orElse(1);
        snapshots = new Snapshots(1.5 * longest + 20);
    }

    /** Whether a picture of that time would be looked at. Of more than about eight a second some are passed over. */
    public boolean wants(long micros) {
        return objects == null || micros <= lastMicros || micros - lastMicros >= LEAST_STEP_MICROS;
    }

    /**
     * Looks at a picture; the caller closes it. Pictures of another size begin the watch anew. Those that it does not {@link
     * #wants want} are passed over: they would cost and show nothing more.
     */
    public void take(Picture picture) {
        long micros = picture.timeMicros();
        if (!wants(micros)) {
            return;
        }
        Mat small = grey.of(picture.bgr());
        boolean begun = objects == null || small.cols() != width || small.rows() != height;
        if (begun) {
            begin(small, micros);
        }
        if (micros > lastMicros) {
            // Rounded from the sum, not summed from rounded steps.
            centis += (int) (micros / 10_000 - lastMicros / 10_000);
        }
        lastMicros = micros;
        Change change = objects.take(small, centis);
        if (begun || change instanceof Change.Lost) {
            objects.distrust(Inquiry.movers(detector, picture.bgr()));
        }
        switch (change) {
            case Change.None() -> {}
            case Change.Analysed(List<StaticObject> gone) -> {
                end(gone, LeadEnd.Reason.REMOVED);
                judge(picture);
            }
            case Change.Lost(List<StaticObject> gone) -> {
                end(gone, LeadEnd.Reason.SCENE_CHANGED);
                snapshots.clear();
            }
        }
        snapshots.offer(micros, () -> Jpeg.of(picture.bgr(), EVIDENCE_WIDTH));
    }

    /** Makes the thing of a lead part of the background: somebody decided that it may stay. No end is reported. */
    public void absorb(long number) {
        for (Map.Entry<StaticObject, Map<Zone, Long>> entry : List.copyOf(raised.entrySet())) {
            if (entry.getValue().containsValue(number)) {
                objects.absorb(entry.getKey());
                raised.remove(entry.getKey());
                inquiries.remove(entry.getKey());
            }
        }
    }

    private void begin(Mat small, long micros) {
        if (objects != null) {
            end(List.copyOf(objects.objects()), LeadEnd.Reason.SCENE_CHANGED);
            objects.close();
            snapshots.clear();
        }
        width = small.cols();
        height = small.rows();
        lastMicros = micros;
        masks = new HashMap<>();
        boolean[] watched = new boolean[width * height];
        for (Zone zone : zones) {
            boolean[] mask = new boolean[width * height];
            for (int i = 0; i < mask.length; i++) {
                int row = i / width;
                mask[i] = zone.area().contains(new Point((i % width + 0.5) / width, (row + 0.5) / height));
                watched[i] |= mask[i];
            }
            masks.put(zone, mask);
        }
        objects = new StaticObjects(width, height, watched);
    }

    private void judge(Picture picture) {
        // One look a picture bounds the cost; whoever waits is asked about next time.
        boolean looked = false;
        for (StaticObject object : List.copyOf(objects.objects())) {
            if (!objects.objects().contains(object)) {
                // Another one gathered it.
                inquiries.remove(object);
                continue;
            }
            Map<Zone, Long> numbers = raised.getOrDefault(object, Map.of());
            List<Zone> open = zones.stream()
                    .filter(zone -> !numbers.containsKey(zone) && object.within(masks.get(zone)) >= LEAST_SHARE_IN_ZONE)
                    .toList();
            if (open.isEmpty()) {
                continue;
            }
            int age = objects.age(object);
            double dwell =
                    100 * open.stream().mapToDouble(Zone::dwellSeconds).min().orElseThrow();
            if (age < Math.max(YOUNGEST_CENTIS, dwell - INQUIRY_CENTIS)
                    || object.slender()
                    || object.pixelHeight() < LEAST_PIXEL_HEIGHT) {
                continue;
            }
            Inquiry inquiry = inquiries.computeIfAbsent(object, _ -> new Inquiry());
            if (!looked && object.visible() >= LEAST_VISIBLE && inquiry.due(centis)) {
                looked = true;
                inquiry.look(detector, picture.bgr(), object, centis);
            }
            if (age < dwell || !inquiry.isThing() || !object.seenWell()) {
                continue;
            }
            if (objects.nature(object) != Nature.CAME && !raised.containsKey(object)) {
                objects.absorb(object);
                inquiries.remove(object);
                continue;
            }
            double area = object.box().area();
            if (objects.gather(object) != object) {
                inquiries.remove(object);
                continue;
            }
            if (object.box().area() > GREW * area && !raised.containsKey(object)) {
                // Found to be larger, it may be somebody after all.
                inquiry.look(detector, picture.bgr(), object, centis);
                if (!inquiry.isThing() || objects.nature(object) != Nature.CAME) {
                    continue;
                }
            }
            for (Zone zone : open) {
                if (age >= 100 * zone.dwellSeconds()) {
                    raise(object, zone, picture);
                }
            }
        }
    }

    private void raise(StaticObject object, Zone zone, Picture picture) {
        long number = nextNumber++;
        object.keep();
        raised.computeIfAbsent(object, _ -> new HashMap<>()).put(zone, number);
        long firstSeen = picture.timeMicros() - 10_000L * objects.age(object);
        double confidence =
                0.4 + 0.4 * Math.min(1, object.contrast() / FULL_CONTRAST) + 0.2 * Math.min(1, object.visible());
        List<Polygon> outlines = List.of(zone.area());
        sink.raised(new Lead(
                number,
                zone.id(),
                zone.rule(),
                object.box(),
                firstSeen,
                picture.timeMicros(),
                confidence,
                snapshots.before(firstSeen - BEFORE_MICROS),
                Jpeg.marked(picture.bgr(), outlines, List.of(object.box()))));
    }

    private void end(List<StaticObject> gone, LeadEnd.Reason reason) {
        for (StaticObject object : gone) {
            inquiries.remove(object);
            Map<Zone, Long> numbers = raised.remove(object);
            if (numbers != null) {
                List<Map.Entry<Zone, Long>> ended = new ArrayList<>(numbers.entrySet());
                ended.sort(Map.Entry.comparingByValue());
                ended.forEach(entry ->
                        sink.ended(new LeadEnd(entry.getValue(), entry.getKey().id(), lastMicros, reason)));
            }
        }
    }

    @Override
    public void close() {
        grey.close();
        if (objects != null) {
            objects.close();
        }
    }
}

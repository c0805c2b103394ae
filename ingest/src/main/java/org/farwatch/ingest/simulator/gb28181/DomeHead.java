package org.farwatch.ingest.simulator.gb28181;

import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.farwatch.ingest.gb28181.Body;

/**
 * The head of a simulated dome: turns and zooms as it is told (GB/T 28181-2016 A.3) and remembers places. What it is told
 * comes on the thread that reads, {@link #now} is asked by those that draw; guarded by itself.
 */
public final class DomeHead {
    /** The whole way from one side to the other takes five seconds at full speed, as of a quick dome. */
    private static final double FULL_SPEED = 0.4;

    private static final double ZOOM_SPEED = 0.8;
    private static final double WIDEST = 1.25;
    private static final double CLOSEST = 5;
    private static final int LENGTH = 8;
    private static final int SET = 0x81;
    private static final int CALL = 0x82;
    private static final int DELETE = 0x83;
    private static final int LENS = 0xC0;
    private static final double FASTEST = 255;
    private static final double FASTEST_ZOOM = 15;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    private final NavigableMap<Integer, Place> places = new TreeMap<>();
    private View view;
    /** Of full ways a second; of zoom, octaves a second. */
    private double panning;

    private double tilting;
    private double zooming;
    private long since;

    /**
     * Where it looks.
     *
     * @param pan -1 at its left stop to 1 at its right one
     * @param tilt -1 down to 1 up
     * @param zoom 1 shows all that there is
     */
    public record View(double pan, double tilt, double zoom) {
        public View {
            pan = Math.clamp(pan, -1, 1);
            tilt = Math.clamp(tilt, -1, 1);
            zoom = Math.clamp(zoom, WIDEST, CLOSEST);
        }
    }

    /**
     * A preset.
     *
     * @param number 1 to 255
     */
    public record Place(int number, String name, View view) {}

    /**
     * It looks at the first of its places.
     *
     * @param places at least one
     */
    public DomeHead(List<Place> places) {
        this(places, System::nanoTime);
    }

    DomeHead(List<Place> places, LongSupplier nanos) {
        this.nanos = nanos;
        places.forEach(place -> this.places.put(place.number(), place));
        view = places.getFirst().view();
        since = nanos.getAsLong();
    }

    /** @param command as it stands in PTZCmd; what is none is passed over, as a device does */
    public synchronized void order(String command) {
        if (!command.matches("[0-9A-Fa-f]{16}")) {
            return;
        }
        byte[] bytes = HexFormat.of().parseHex(command);
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += bytes[i] & 0xFF;
        }
        if ((sum & 0xFF) != (bytes[LENGTH - 1] & 0xFF)) {
            return;
        }
        view = now();
        since = nanos.getAsLong();
        int what = bytes[3] & 0xFF;
        int number = bytes[5] & 0xFF;
        switch (what) {
            case SET -> places.put(number, new Place(number, name(number), view));
            case CALL -> {
                stand();
                view = places.containsKey(number) ? places.get(number).view() : view;
            }
            case DELETE -> places.remove(number);
            default -> {
                if ((what & LENS) == 0) {
                    panning = way(what, 0, 1) * FULL_SPEED * (bytes[4] & 0xFF) / FASTEST;
                    tilting = way(what, 3, 2) * FULL_SPEED * (bytes[5] & 0xFF) / FASTEST;
                    zooming = way(what, 4, 5) * ZOOM_SPEED * (bytes[6] >> 4 & 0xF) / FASTEST_ZOOM;
                }
            }
        }
    }

    private void stand() {
        panning = 0;
        tilting = 0;
        zooming = 0;
    }

    private String name(int number) {
        return places.containsKey(number) ? places.get(number).name() : "预置位 " + number;
    }

    private static int way(int command, int positive, int negative) {
        return (command >> positive & 1) - (command >> negative & 1);
    }

    public synchronized View now() {
        double seconds = (nanos.getAsLong() - since) / SECOND;
        return new View(
                view.pan() + panning * seconds,
                view.tilt() + tilting * seconds,
                view.zoom() * Math.pow(2, zooming * seconds));
    }

    /** Its answer to a question for presets. */
    synchronized byte[] presets(int sn, String about) {
        Body body = Body.response("PresetQuery", sn, about).open("PresetList", places.size());
        places.values()
                .forEach(place -> body.open("Item", -1)
                        .element("PresetID", Integer.toString(place.number()))
                        .element("PresetName", place.name())
                        .close());
        return body.close().bytes();
    }
}

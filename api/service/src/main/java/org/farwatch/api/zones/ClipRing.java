package org.farwatch.api.zones;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;

/**
 * The last seconds of a stream's pictures, so that a lead can show how it came. Sound is not kept: what people say beside
 * a heap of crates is nobody's business. Safe for use by the stream's thread and another.
 */
final class ClipRing {
    /** Before the moment that is cut out, after it, and what looking may lag behind. */
    static final long BEFORE_MICROS = 10_000_000;

    static final long AFTER_MICROS = 5_000_000;
    private static final long KEPT_MICROS = BEFORE_MICROS + AFTER_MICROS + 10_000_000;

    private final long mostBytes;
    private final Deque<MediaUnit> units = new ArrayDeque<>();
    private final Deque<Long> keys = new ArrayDeque<>();
    private final List<Cut> cuts = new ArrayList<>();
    private VideoFormat format;
    private long bytes;

    ClipRing(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Pictures to be shown by themselves.
     *
     * @param units from a key picture on, in decoding order
     */
    record Pictures(MediaFormat format, List<MediaUnit> units) {}

    private record Cut(long from, long until, Consumer<Pictures> made) {}

    /** What follows is of this format. */
    synchronized void begin(VideoFormat next) {
        if (!next.equals(format)) {
            end();
            format = next;
        }
    }

    synchronized void add(MediaUnit unit) {
        if (units.isEmpty() && !unit.key()) {
            return;
        }
        units.add(unit);
        bytes += unit.payload().length;
        if (unit.key()) {
            keys.add(unit.decodeTime());
        }
        List<Cut> over = cuts.stream()
                .filter(cut -> cut.until() <= unit.presentationTime())
                .toList();
        over.forEach(this::make);
        cuts.removeAll(over);
        trim(unit.decodeTime());
    }

    /** No more pictures come: what is being cut out ends here. */
    synchronized void end() {
        cuts.forEach(this::make);
        cuts.clear();
        clear();
    }

    /**
     * Cuts out the pictures around a moment, from the key picture before {@link #BEFORE_MICROS} on as far as they are kept.
     *
     * @param moment presentation time, microseconds
     * @param made called on the stream's thread when those after the moment have come or the stream ends
     */
    synchronized void around(long moment, Consumer<Pictures> made) {
        cuts.add(new Cut(moment - BEFORE_MICROS, moment + AFTER_MICROS, made));
    }

    private void make(Cut cut) {
        List<MediaUnit> shown = new ArrayList<>();
        for (Iterator<MediaUnit> each = units.iterator(); each.hasNext(); ) {
            MediaUnit unit = each.next();
            if (unit.key() && unit.presentationTime() <= cut.from()) {
                shown.clear();
            }
            if (unit.presentationTime() <= cut.until()) {
                shown.add(unit);
            }
        }
        cut.made().accept(new Pictures(new MediaFormat(format, null), shown));
    }

    private void trim(long now) {
        while (keys.size() > 1 && (bytes > mostBytes || second() <= now - KEPT_MICROS)) {
            keys.remove();
            do {
                bytes -= units.remove().payload().length;
            } while (!units.element().key());
        }
        if (bytes > mostBytes) {
            clear();
        }
    }

    private long second() {
        Iterator<Long> each = keys.iterator();
        each.next();
        return each.next();
    }

    private void clear() {
        units.clear();
        keys.clear();
        bytes = 0;
    }
}

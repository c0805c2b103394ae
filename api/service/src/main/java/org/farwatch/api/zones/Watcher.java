package org.farwatch.api.zones;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farwatch.api.video.Sampler;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.vision.picture.Decoded;
import org.farwatch.vision.picture.EncodedPicture;
import org.farwatch.vision.picture.Picture;
import org.farwatch.vision.picture.PictureDecoder;
import org.farwatch.vision.zone.EventSink;
import org.farwatch.vision.zone.Lead;
import org.farwatch.vision.zone.LeadEnd;
import org.farwatch.vision.zone.Zone;
import org.farwatch.vision.zone.ZoneWatch;

/**
 * Looks at one stream's pictures for its zones. Frames come on the stream's thread, which waits for nobody: when too many
 * wait to be looked at, they are left out up to the next key picture. What decodes and looks is owned by one vision thread.
 */
final class Watcher implements MediaSink {
    private final long stream;
    private final VisionThread thread;
    private final LeadDesk desk;
    private final PictureCounts counts;
    private final Clock clock;
    private final ClipRing ring;
    private final int queue;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Map<String, ZoneTable.Stored> zones = Map.of();

    /** Of the stream's thread. */
    private VideoFormat video;

    private boolean leavingOut;

    /** Of the vision thread, all that follow. */
    private PictureDecoder decoder;

    private ZoneWatch watch;
    private List<Zone> watched = List.of();
    private final Map<Long, LeadDesk.Raised> raised = new HashMap<>();
    /** Leads of zones outside of their hours: raised when these begin, unless the thing is gone by then. */
    private final Map<Long, Lead> held = new HashMap<>();
    /** Our clock minus the stream's, microseconds. */
    private long clockAhead;

    Watcher(long stream, VisionThread thread, LeadDesk desk, PictureCounts counts, ZoneSettings settings, Clock clock) {
        this.stream = stream;
        this.thread = thread;
        this.desk = desk;
        this.counts = counts;
        this.clock = clock;
        this.ring = new ClipRing(settings.clipMemory().toBytes());
        this.queue = settings.queue();
    }

    /** From now on these are looked at. What is known of the scene is lost when their places or rules change. */
    void look(List<ZoneTable.Stored> now) {
        zones = now.stream().collect(Collectors.toMap(zone -> Long.toString(zone.id()), Function.identity()));
        if (now.isEmpty()) {
            ring.end();
        }
        List<Zone> wanted = now.stream().map(Watcher::read).toList();
        thread.run(() -> {
            if (!wanted.equals(watched)) {
                begin(wanted);
            }
        });
    }

    /** Somebody decided that the thing of an alert may stay where it is. */
    void leave(long alert) {
        thread.run(() -> List.copyOf(raised.entrySet()).stream()
                .filter(entry -> entry.getValue().alert() == alert)
                .forEach(entry -> {
                    raised.remove(entry.getKey());
                    watch.absorb(entry.getKey());
                }));
    }

    @Override
    public void format(MediaFormat format) {
        video = format.video();
        ring.begin(video);
    }

    @Override
    public void unit(MediaUnit unit) {
        if (zones.isEmpty() || !unit.isVideo()) {
            return;
        }
        ring.add(unit);
        int before = waiting.get();
        leavingOut = before >= queue || leavingOut && (!unit.key() || before > queue / 2);
        if (leavingOut) {
            counts.leftOut.increment();
            return;
        }
        waiting.incrementAndGet();
        counts.waiting.incrementAndGet();
        EncodedPicture picture = Sampler.picture(video, unit);
        long received = unit.receiveTime();
        thread.run(() -> take(picture, received));
    }

    @Override
    public void end() {
        ring.end();
        thread.run(() -> {
            if (decoder != null) {
                decoder.drain();
            }
        });
    }

    /** Frees what decodes and looks. */
    void close() {
        thread.run(() -> begin(List.of()));
    }

    private void take(EncodedPicture picture, long received) {
        waiting.decrementAndGet();
        counts.waiting.decrementAndGet();
        if (watch == null) {
            return;
        }
        clockAhead = received * 1_000 - picture.timeMicros();
        switch (decoder.decode(picture)) {
            case Decoded.Taken _ -> counts.taken.increment();
            case Decoded.Skipped _ -> counts.leftOut.increment();
            case Decoded.Broken _ -> counts.broken.increment();
        }
        if (!held.isEmpty()) {
            raiseHeld();
        }
    }

    private void begin(List<Zone> wanted) {
        if (watch != null) {
            watch.close();
            decoder.close();
        }
        raised.clear();
        held.clear();
        watched = wanted;
        watch = wanted.isEmpty() ? null : new ZoneWatch(wanted, thread.detector(), new Found());
        decoder = wanted.isEmpty() ? null : new PictureDecoder(this::see, watch::wants);
    }

    private void see(Picture picture) {
        try (picture) {
            watch.take(picture);
        }
    }

    private void raiseHeld() {
        Instant now = clock.instant();
        for (Lead lead : new ArrayList<>(held.values())) {
            ZoneTable.Stored zone = zones.get(lead.zoneId());
            if (zone != null && within(zone, now)) {
                held.remove(lead.number());
                raise(lead, zone, now);
            }
        }
    }

    private void raise(Lead lead, ZoneTable.Stored zone, Instant at) {
        LeadDesk.Raised begun = desk.raise(stream, zone, lead, at, time(lead.firstSeenMicros()));
        raised.put(lead.number(), begun);
        ring.around(lead.raisedMicros(), pictures -> desk.attach(begun, pictures));
    }

    private Instant time(long micros) {
        return Instant.EPOCH.plus(micros + clockAhead, ChronoUnit.MICROS);
    }

    private static boolean within(ZoneTable.Stored zone, Instant at) {
        return zone.facts().hours() == null || zone.facts().hours().cover(at);
    }

    private static Zone read(ZoneTable.Stored zone) {
        ZoneTable.Facts facts = zone.facts();
        return Zone.of(Long.toString(zone.id()), facts.polygon(), facts.rule(), facts.dwellSeconds());
    }

    /** What the watch tells, on the vision thread. */
    private final class Found implements EventSink {
        @Override
        public void raised(Lead lead) {
            ZoneTable.Stored zone = zones.get(lead.zoneId());
            Instant at = time(lead.raisedMicros());
            if (zone == null) {
                return;
            }
            counts.leads.increment();
            if (within(zone, at)) {
                raise(lead, zone, at);
            } else {
                held.put(lead.number(), lead);
            }
        }

        @Override
        public void ended(LeadEnd end) {
            held.remove(end.number());
            LeadDesk.Raised gone = raised.remove(end.number());
            if (gone != null) {
                desk.end(gone, end.reason(), time(end.endedMicros()));
            }
        }
    }
}

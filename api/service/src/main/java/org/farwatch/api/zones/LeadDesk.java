package org.farwatch.api.zones;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.database.LaterWrites;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.zones.ClipRing.Pictures;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.vision.shape.Box;
import org.farwatch.vision.zone.Lead;
import org.farwatch.vision.zone.LeadEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes alerts of leads: keeps their pictures as evidence and raises them. On a thread of its own, so that neither disk nor
 * database holds up who looks at pictures.
 */
@Component
class LeadDesk implements DisposableBean {
    static final String KIND = "lead";
    private static final String ORIGIN = "lead";
    private static final Logger LOG = LoggerFactory.getLogger(LeadDesk.class);
    private static final int QUEUE = 1_000;
    private static final long MAX_FILE = 256L << 20;

    private final Alerts alerts;
    private final EvidenceStore evidence;
    private final StreamBook streams;
    private final LaterWrites later = new LaterWrites("leads", QUEUE);

    LeadDesk(Alerts alerts, EvidenceStore evidence, StreamBook streams) {
        this.alerts = alerts;
        this.evidence = evidence;
        this.streams = streams;
    }

    /** A lead on its way to an alert. */
    static final class Raised {
        private volatile long alert;

        /** The alert's id, 0 as long as there is none. */
        long alert() {
            return alert;
        }
    }

    /**
     * Raises an alert for a lead.
     *
     * @param at when it became one
     * @param since when the thing was first seen
     */
    Raised raise(long stream, ZoneTable.Stored zone, Lead lead, Instant at, Instant since) {
        Raised raised = new Raised();
        later.write(() -> streams.find(stream, DataScope.EVERYTHING)
                .flatMap(entry -> alerts.raise(alert(entry, zone, lead, since), at))
                .ifPresent(id -> raised.alert = id));
        return raised;
    }

    /** Adds the pictures around the moment at which it was raised. */
    void attach(Raised raised, Pictures pictures) {
        later.write(() -> {
            if (raised.alert() != 0 && !pictures.units().isEmpty()) {
                String clip = keep(file(pictures), "video/mp4");
                if (clip != null) {
                    alerts.attachClip(raised.alert(), clip);
                }
            }
        });
    }

    /** The thing of a lead is seen no more. */
    void end(Raised raised, LeadEnd.Reason reason, Instant at) {
        String text = switch (reason) {
            case REMOVED -> "现场已清除";
            case SCENE_CHANGED -> "画面已变，不再跟踪";
        };
        later.write(() -> {
            if (raised.alert() != 0) {
                alerts.overtake(raised.alert(), text, at);
            }
        });
    }

    @Override
    public void destroy() {
        later.close();
    }

    private NewAlert alert(StreamBook.Entry stream, ZoneTable.Stored zone, Lead lead, Instant since) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("place", stream.name());
        arguments.put("zone", zone.facts().name());
        arguments.put("since", since.toString());
        arguments.put("confidence", Math.round(lead.confidence() * 100) / 100.0);
        Box box = lead.box();
        return new NewAlert(
                KIND,
                lead.rule().code(),
                "warning",
                since,
                KIND + ":" + zone.id() + ":" + since.toEpochMilli() + ":" + lead.number(),
                stream.name() + "：" + zone.facts().name() + "疑似占道堆物",
                arguments,
                stream.squadNo(),
                0,
                stream.deviceNo(),
                0,
                0,
                stream.id(),
                new NewAlert.Sighting(
                        zone.id(),
                        new Alert.Box(box.x(), box.y(), box.width(), box.height()),
                        keep(lead.after(), "image/jpeg"),
                        keep(lead.before(), "image/jpeg"),
                        zone.facts().state() == ZoneState.TRIAL),
                stream.longitude(),
                stream.latitude());
    }

    /** @return its id, null when there is nothing or it cannot be kept: a lead without its picture is one still */
    private String keep(byte[] content, String mediaType) {
        if (content.length == 0) {
            return null;
        }
        try {
            return evidence.put(new ByteArrayInputStream(content), mediaType, ORIGIN, MAX_FILE)
                    .sha256();
        } catch (IOException e) {
            LOG.error("a picture of a lead cannot be kept: {}", e.getMessage());
            return null;
        }
    }

    /** A file whose times begin at 0. */
    private static byte[] file(Pictures pictures) {
        List<MediaUnit> units = pictures.units();
        long start = units.getFirst().decodeTime();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Fmp4Writer writer = new Fmp4Writer(new FragmentSink() {
            @Override
            public void begin(MediaFormat format, byte[] init) {
                out.writeBytes(init);
            }

            @Override
            public void fragment(Fragment fragment) {
                out.writeBytes(fragment.bytes());
            }

            @Override
            public void end() {
                // The file ends with its last fragment.
            }
        });
        writer.format(pictures.format());
        for (MediaUnit unit : units) {
            writer.unit(new MediaUnit(
                    unit.track(),
                    unit.decodeTime() - start,
                    unit.presentationTime() - start,
                    unit.receiveTime(),
                    unit.key(),
                    unit.payload()));
        }
        writer.end();
        return out.toByteArray();
    }
}

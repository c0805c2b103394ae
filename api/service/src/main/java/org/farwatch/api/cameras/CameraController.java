package org.farwatch.api.cameras;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.cameras.CameraTable.Camera;
import org.farwatch.api.cameras.CameraTable.Fault;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.vision.health.Glance;
import org.farwatch.vision.health.HealthFault;
import org.farwatch.vision.health.HealthSample;
import org.farwatch.vision.health.Light;
import org.farwatch.vision.health.WatchMemory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /cameras}: how the pictures of streams are, by the ids of the streams. */
@RestController
@RequestMapping("/api/v1/cameras")
class CameraController {
    private static final String SUBJECT = "stream";
    private static final int FAULTS = 100;

    private final CameraTable table;
    private final Cameras cameras;
    private final StreamBook streams;
    private final AuditLog audit;
    private final ViewLog views;
    private final Clock clock;

    CameraController(
            CameraTable table, Cameras cameras, StreamBook streams, AuditLog audit, ViewLog views, Clock clock) {
        this.table = table;
        this.cameras = cameras;
        this.streams = streams;
        this.audit = audit;
        this.views = views;
        this.clock = clock;
    }

    /** @param alertId null until it is raised, a moment after it began */
    record ShownFault(String kind, Instant since, Instant until, String relearnedBy, String alertId) {
        static ShownFault of(Fault fault) {
            return new ShownFault(
                    fault.kind().label(),
                    fault.starts(),
                    fault.ends(),
                    fault.relearnedBy(),
                    fault.alert() == null ? null : Long.toString(fault.alert()));
        }
    }

    /**
     * @param state faulty, learning, good, or unseen since this start of the service
     * @param lookedAt null when unseen
     */
    record Health(String streamId, String state, Instant lookedAt, List<ShownFault> faults) {}

    /** Shares of 0 to 1; null what could not be measured. */
    record Sample(
            Instant at, String light, double brightness, Double sharpness, Double kept, Double stir, Double rate) {
        static Sample of(HealthSample sample) {
            return new Sample(
                    Instant.ofEpochMilli(sample.atMillis()),
                    sample.light().label(),
                    sample.brightness(),
                    number(sample.sharpness()),
                    number(sample.kept()),
                    number(sample.stir()),
                    number(sample.rate()));
        }

        private static Double number(double value) {
            return Double.isNaN(value) ? null : value;
        }
    }

    /**
     * @param judged kinds of faults that are looked for
     * @param references lights of which there is one, with the frame rate that is usual
     * @param faults that last and that were, newest first
     */
    record Detail(
            String streamId,
            int version,
            String state,
            List<String> judged,
            Map<String, Reference> references,
            List<Sample> samples,
            List<ShownFault> faults) {}

    /** @param rate pictures a second, null when not known */
    record Reference(int samples, boolean enough, Double rate) {}

    record Learn(int version) {}

    @GetMapping("/health")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Health> health(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        long after = cursor == null ? 0 : Ids.parse(SUBJECT, Cursor.parse(cursor, 1)[0]);
        Map<Long, List<Fault>> open = table.open(scope);
        List<Health> found = table.cameras(scope, after, most).stream()
                .map(camera -> {
                    List<Fault> faults = open.getOrDefault(camera.stream(), List.of());
                    return new Health(
                            Long.toString(camera.stream()),
                            state(camera, faults),
                            lookedAt(camera),
                            faults.stream().map(ShownFault::of).toList());
                })
                .toList();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().streamId()));
    }

    @GetMapping("/{id}/health")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Detail detail(@PathVariable String id, DataScope scope) {
        return detail(find(id, scope), scope);
    }

    /** What was learned, as a small grey picture; moving things are not in it, yet the look is logged like any other. */
    @GetMapping(value = "/{id}/reference", produces = MediaType.IMAGE_PNG_VALUE)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    ResponseEntity<byte[]> reference(@PathVariable String id, @RequestParam String light, Caller caller) {
        Light of = switch (light.toLowerCase(Locale.ROOT)) {
            case "day" -> Light.DAY;
            case "night" -> Light.NIGHT;
            default -> throw Refusal.field("light", "must be day or night, was " + light);
        };
        Camera camera = find(id, caller.scope());
        WatchMemory.Reference known = Optional.ofNullable(
                        table.references(camera).get(of))
                .orElseThrow(() -> new Refusal(
                        409, "no picture", "nothing is learned of camera " + id + " by the light of " + of.label()));
        String name = streams.find(camera.stream(), caller.scope())
                .map(StreamBook.Entry::name)
                .orElse(id);
        views.record(caller, "snapshot", id, name, null, null);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(png(known.grey()));
    }

    /** The camera was moved, or what it sees has changed, on purpose: its view is learned anew and its faults end. */
    @PostMapping("/{id}/learn")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    @Transactional
    Detail learn(@PathVariable String id, @RequestBody Learn wanted, Caller caller) {
        Camera before = find(id, caller.scope());
        if (!table.learnAgain(before.stream(), wanted.version(), caller.username(), clock.instant())) {
            throw audit.conflict("camera", id, before.version());
        }
        Camera after = find(id, caller.scope());
        audit.record(
                caller, "learn", "camera", id, Map.of("version", before.version()), Map.of("version", after.version()));
        return detail(after, caller.scope());
    }

    private Detail detail(Camera camera, DataScope scope) {
        List<Fault> faults = table.faults(camera.stream(), scope, FAULTS);
        List<HealthSample> samples =
                cameras.known(camera.stream()).map(CameraEye::samples).orElse(List.of());
        Map<String, Reference> references = new TreeMap<>();
        table.references(camera)
                .forEach((light, known) -> references.put(
                        light.label(),
                        new Reference(
                                known.samples(), known.enough(), Double.isNaN(known.rate()) ? null : known.rate())));
        return new Detail(
                Long.toString(camera.stream()),
                camera.version(),
                state(
                        camera,
                        faults.stream().filter(fault -> fault.ends() == null).toList()),
                CameraEye.judged(camera).stream().map(HealthFault::label).toList(),
                references,
                samples.stream().map(Sample::of).toList(),
                faults.stream().map(ShownFault::of).toList());
    }

    private String state(Camera camera, List<Fault> open) {
        if (!open.isEmpty()) {
            return "faulty";
        }
        Optional<CameraEye> eye = cameras.known(camera.stream());
        if (eye.isEmpty() || eye.get().samples().isEmpty()) {
            return "unseen";
        }
        return eye.get().learning() ? "learning" : "good";
    }

    private Instant lookedAt(Camera camera) {
        return cameras.known(camera.stream())
                .map(CameraEye::samples)
                .filter(samples -> !samples.isEmpty())
                .map(samples -> Instant.ofEpochMilli(samples.getLast().atMillis()))
                .orElse(null);
    }

    private Camera find(String id, DataScope scope) {
        return table.camera(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private static byte[] png(byte[] grey) {
        BufferedImage image = new BufferedImage(Glance.WIDTH, Glance.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, Glance.WIDTH, Glance.HEIGHT, grey);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("no writer of PNG");
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.farwatch.api.cameras;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.cameras.CameraTable.Camera;
import org.farwatch.api.database.LaterWrites;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.vision.health.HealthFault;
import org.farwatch.vision.health.HealthLimits;
import org.farwatch.vision.health.Light;
import org.farwatch.vision.health.WatchMemory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Between watches and database: reads what is known of a camera and writes what becomes of it, in order, when it can. */
@Component
class CameraDesk implements DisposableBean {
    /** Changes that may wait for the database; a reference is 60 kB. */
    private static final int QUEUE = 2_000;

    private final CameraTable table;
    private final Rules rules;
    private final Clock clock;
    private final LaterWrites later = new LaterWrites("camera-faults", QUEUE);
    private volatile HealthLimits limits;

    CameraDesk(CameraTable table, Rules rules, Clock clock) {
        this.table = table;
        this.rules = rules;
        this.clock = clock;
        this.limits = read();
        rules.onChange(() -> limits = read());
    }

    record Known(Camera camera, WatchMemory memory) {}

    /** @throws org.springframework.dao.DataAccessException when the database does not answer */
    Optional<Known> known(long stream) {
        return table.camera(stream, DataScope.EVERYTHING).map(camera -> new Known(camera, table.memory(camera)));
    }

    HealthLimits limits() {
        return limits;
    }

    void began(Camera camera, HealthFault fault, Instant since) {
        var _ = later.write(() -> table.begin(camera, fault, since));
    }

    void ended(long stream, HealthFault fault, Instant at) {
        var _ = later.write(() -> table.end(stream, fault, at));
    }

    void save(Camera camera, Map<Light, WatchMemory.Reference> references) {
        var _ = later.write(() -> table.save(camera, references, clock.instant()));
    }

    @Override
    public void destroy() {
        later.close();
    }

    private HealthLimits read() {
        return new HealthLimits(
                Duration.ofSeconds(rules.seconds(Threshold.CAMERA_FAULT_SECONDS)),
                rules.value(Threshold.CAMERA_DARK),
                rules.value(Threshold.CAMERA_SHARPNESS) / 100,
                rules.value(Threshold.CAMERA_VIEW) / 100,
                rules.value(Threshold.CAMERA_RATE) / 100);
    }
}

package org.farwatch.api.bodycameras;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The thresholds: which reading is good, which is a warning, and which nobody knows. */
@Component
class Fitness {
    private final BodyCameraSettings settings;
    private final Clock clock;

    Fitness(BodyCameraSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    CameraState.Battery battery(Integer percent, Instant at) {
        return new CameraState.Battery(
                percent, at, mark(percent, at, percent != null && percent >= settings.lowBattery()));
    }

    CameraState.Storage storage(Long free, Long total, Instant at) {
        return new CameraState.Storage(
                free,
                total,
                at,
                mark(free, at, free != null && free >= settings.lowSpace().toBytes()));
    }

    CameraState.Offset clock(Long millis, Instant at) {
        boolean right = millis != null && Duration.ofMillis(millis).abs().compareTo(settings.clockOff()) <= 0;
        return new CameraState.Offset(millis, at, mark(millis, at, right));
    }

    /** @param pending recordings that are over and were not handed over */
    CameraState.Upload upload(Instant last, int pending) {
        Mark mark = pending > 0 ? Mark.WARNING : last == null ? Mark.UNKNOWN : Mark.GOOD;
        return new CameraState.Upload(last, pending, mark);
    }

    private Mark mark(Object value, Instant at, boolean good) {
        if (value == null || at == null || at.isBefore(now().minus(settings.told()))) {
            return Mark.UNKNOWN;
        }
        return good ? Mark.GOOD : Mark.WARNING;
    }
}

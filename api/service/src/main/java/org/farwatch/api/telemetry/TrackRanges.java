package org.farwatch.api.telemetry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** What every look at a device's past begins with: whether it is the caller's to see, and a line in the view log. */
@Component
class TrackRanges {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(365);

    private final DeviceRegister register;
    private final ViewLog views;
    private final Clock clock;

    TrackRanges(DeviceRegister register, ViewLog views, Clock clock) {
        this.register = register;
        this.views = views;
        this.clock = clock;
    }

    /**
     * @param from null for the beginning
     * @param to null for the end
     * @throws Refusal 404 when the caller does not see the device, 400 when the range is empty
     */
    TrackRange of(String id, Instant from, Instant to, Caller caller) {
        RegisteredDevice device = register.byId(id);
        if (device == null || !caller.scope().sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        Instant start = from == null ? EARLIEST : from;
        Instant end = to == null ? clock.instant().plus(AHEAD) : to;
        if (!start.isBefore(end)) {
            throw Refusal.field("to", "must be after from (" + start + "), was " + end);
        }
        return new TrackRange(device, start, end);
    }

    /**
     * As {@link #of}, of both ends given and not far apart.
     *
     * @throws Refusal naming the field
     */
    TrackRange within(String id, Instant from, Instant to, Duration most, Caller caller) {
        if (from == null || to == null) {
            throw Refusal.field(from == null ? "from" : "to", "is missing");
        }
        TrackRange range = of(id, from, to, caller);
        if (Duration.between(from, to).compareTo(most) > 0) {
            throw Refusal.field(
                    "to", "must be at most " + most.toDays() + " days after from (" + from + "), was " + to);
        }
        return range;
    }

    void log(TrackRange range, Caller caller) {
        views.record(
                caller, "track", range.device().known().id(), range.device().name(), range.from(), range.to());
    }
}

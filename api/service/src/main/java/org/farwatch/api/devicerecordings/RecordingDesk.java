package org.farwatch.api.devicerecordings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.org.DeviceKind;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** Which device has recordings of which stream, what it has, and what of that is anybody's business. */
@Component
class RecordingDesk {
    private static final String SUBJECT = "stream";

    private final Map<String, RecordingSource> sources;
    private final StreamBook streams;
    private final OffDutyRule offDuty;

    RecordingDesk(List<RecordingSource> sources, StreamBook streams, OffDutyRule offDuty) {
        this.sources = sources.stream().collect(Collectors.toMap(RecordingSource::scheme, Function.identity()));
        this.streams = streams;
        this.offDuty = offDuty;
    }

    /** A stream whose device records by itself. */
    record Target(StreamBook.Entry stream, String address, RecordingSource source, RegisteredDevice device) {
        @Override
        public String toString() {
            return "recordings of " + device + " for stream " + stream.id();
        }
    }

    /** @throws Refusal 404 when it is not the caller's to see, 409 when no device records it */
    Target target(String id, DataScope scope) {
        StreamBook.Entry stream =
                streams.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        String address = streams.sourced(stream.id(), scope)
                .map(StreamBook.Sourced::address)
                .orElse("");
        RecordingSource source = sources.get(address.substring(0, Math.max(0, address.indexOf(':'))));
        RegisteredDevice device = source == null ? null : source.device(address);
        if (device == null) {
            throw new Refusal(
                    409,
                    "no recordings of its own",
                    "stream " + id + " comes from no device of GB/T 28181 or JT/T 1078, which could be asked");
        }
        return new Target(stream, address, source, device);
    }

    /** @throws Refusal 400 naming the field */
    static Stretch asked(Instant from, Instant to, Duration longest) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(longest) > 0) {
            throw Refusal.field("to", "must be after from (" + from + "), by " + longest + " at most, was " + to);
        }
        return new Stretch(from, to);
    }

    /** What the device has, oldest first, without what a person's camera recorded off duty. */
    List<RecordingSource.Stored> stored(Target target, Stretch within) throws InterruptedException {
        return target.source().stored(target.address(), within.from(), within.to()).stream()
                .filter(one -> one.start().isBefore(one.end()))
                .filter(one -> one.start().isBefore(within.to()) && one.end().isAfter(within.from()))
                .filter(one -> {
                    Stretch all = new Stretch(one.start(), one.end());
                    return Stretch.where(List.of(all), at -> onDuty(target, at)).equals(List.of(all));
                })
                .sorted(java.util.Comparator.comparing(RecordingSource.Stored::start))
                .toList();
    }

    /** What of a time can be played. */
    List<Stretch> playable(Target target, Stretch within) throws InterruptedException {
        List<Stretch> found = target.source().stored(target.address(), within.from(), within.to()).stream()
                .map(one -> new Stretch(one.start(), one.end()))
                .toList();
        return Stretch.where(Stretch.of(found, within), at -> onDuty(target, at));
    }

    /** Whether what a device recorded at an instant shows nobody who was off duty. A vehicle belongs to no person. */
    boolean onDuty(Target target, Instant at) {
        return target.device().kind() == DeviceKind.VEHICLE_TERMINAL
                || offDuty.offDutyHolder(target.device().known().no(), at.toEpochMilli()) == OffDutyRule.KEEP;
    }
}

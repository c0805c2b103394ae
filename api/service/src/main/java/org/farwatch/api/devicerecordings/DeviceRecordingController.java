package org.farwatch.api.devicerecordings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.jobs.Job;
import org.farwatch.api.video.DeviceRecordings;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /streams/{id}/device-recordings}: what a stream's device recorded itself. Each answer is logged as a view. */
@RestController
@RequestMapping("/api/v1/streams/{id}/device-recordings")
class DeviceRecordingController {
    private static final Duration LONGEST_LIST = Duration.ofDays(31);

    private final RecordingDesk desk;
    private final Plays plays;
    private final Fetches fetches;
    private final DeviceRecordings recordings;
    private final DeviceRecordingSettings settings;
    private final ViewLog views;
    private final AuditLog audit;

    DeviceRecordingController(
            RecordingDesk desk,
            Plays plays,
            Fetches fetches,
            DeviceRecordings recordings,
            DeviceRecordingSettings settings,
            ViewLog views,
            AuditLog audit) {
        this.desk = desk;
        this.plays = plays;
        this.fetches = fetches;
        this.recordings = recordings;
        this.settings = settings;
        this.views = views;
        this.audit = audit;
    }

    /** How much of a device's recording we have ourselves. */
    enum Held {
        ALL,
        PART,
        NONE;

        @com.fasterxml.jackson.annotation.JsonValue
        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A recording on the device.
     *
     * @param bytes absent when the device does not say
     * @param type {@code time}, {@code alarm}, {@code manual} or the device's own word
     * @param recorded whether that time is recorded here
     */
    record Shown(Instant start, Instant end, Long bytes, String type, Held recorded) {}

    /** @param purpose why, as in the view log; absent: that of the request */
    record Wanted(@NotNull Instant from, @NotNull Instant to, String purpose) {}

    /** Oldest first, without what a person's camera recorded off duty. */
    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<Shown> list(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) Integer limit,
            Caller caller)
            throws InterruptedException {
        RecordingDesk.Target target = desk.target(id, caller.scope());
        Stretch within = RecordingDesk.asked(from, to, LONGEST_LIST);
        views.record(caller, "device-recordings", id, target.stream().name(), from, to);
        List<RecordingSource.Stored> found = desk.stored(target, within);
        if (found.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        List<Stretch> ours = recordings
                .recorded(
                        target.stream().id(),
                        found.getFirst().start(),
                        found.stream()
                                .map(RecordingSource.Stored::end)
                                .max(Instant::compareTo)
                                .orElseThrow())
                .stream()
                .map(one -> new Stretch(one.from(), one.to()))
                .toList();
        return new Page<>(
                found.stream()
                        .limit(Page.clamp(limit))
                        .map(one -> new Shown(one.start(), one.end(), one.bytes(), one.type(), held(one, ours)))
                        .toList(),
                null);
    }

    /** Whether we have it; what lies between two of our files counts as had. */
    private static Held held(RecordingSource.Stored one, List<Stretch> ours) {
        Stretch all = new Stretch(one.start(), one.end());
        Duration missing = Stretch.without(List.of(all), ours).stream()
                .map(Stretch::length)
                .filter(length -> length.toSeconds() >= 1)
                .reduce(Duration.ZERO, Duration::plus);
        return missing.isZero()
                ? Held.ALL
                : missing.compareTo(all.length().minusSeconds(1)) >= 0 ? Held.NONE : Held.PART;
    }

    /** Brings what we lack of a time into the stream's own recording; the job says how far it is. */
    @PostMapping("/fetch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Job fetch(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        RecordingDesk.Target target = desk.target(id, caller.scope());
        Stretch asked = RecordingDesk.asked(wanted.from(), wanted.to(), settings.longestFetch());
        Viewing viewing = Viewing.current().saying("purpose", wanted.purpose());
        if (plays.fetches() >= settings.fetches()) {
            throw new Refusal(503, "too many fetches", "as many recordings of devices are being fetched as may");
        }
        views.record(caller, viewing, "device-recording", id, target.stream().name(), asked.from(), asked.to());
        audit.record(
                caller,
                "fetch",
                "device-recording",
                id,
                null,
                Map.of("from", asked.from(), "to", asked.to(), "purpose", viewing.purpose()));
        return fetches.submit(target, asked, caller);
    }
}

package org.farwatch.api.video;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Given;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /streams}: what there is to be watched. */
@RestController
@RequestMapping("/api/v1/streams")
class StreamController {
    private static final String SUBJECT = "stream";

    private final StreamTable table;
    private final Streams streams;
    private final StreamSources sources;
    private final ApplicationEventPublisher events;
    private final DeviceRegister register;
    private final AuditLog audit;
    private final Clock clock;

    StreamController(
            StreamTable table,
            Streams streams,
            StreamSources sources,
            ApplicationEventPublisher events,
            DeviceRegister register,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.streams = streams;
        this.sources = sources;
        this.events = events;
        this.register = register;
        this.audit = audit;
        this.clock = clock;
    }

    record Place(
            @NotNull @Min(-180) @Max(180) Double longitude,
            @NotNull @Min(-90) @Max(90) Double latitude) {
        static Stream.Location of(Place place) {
            return place == null ? null : new Stream.Location(place.longitude(), place.latitude());
        }
    }

    record NewStream(
            @NotBlank @Size(max = 100) String name,
            @NotBlank String sourceUrl,
            @Size(min = 1) String subSourceUrl,
            String deviceId,
            String squadId,
            Boolean record,
            Fetch fetch,
            @Valid Place location,
            @Min(0) @Max(360) Float heading,
            @Positive @Max(360) Float fieldOfView) {}

    /** What is left out stays as it is; null clears what a stream need not have. */
    record StreamChange(
            int version,
            @Size(min = 1, max = 100) String name,
            @Size(min = 1) String sourceUrl,
            Given<@Size(min = 1) String> subSourceUrl,
            Given<String> deviceId,
            Given<String> squadId,
            Boolean record,
            Fetch fetch,
            Given<@Valid Place> location,
            Given<@Min(0) @Max(360) Float> heading,
            Given<@Positive @Max(360) Float> fieldOfView) {}

    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR},
            assigned = true)
    Page<Stream> streams(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "camera") String kind,
            DataScope scope) {
        int most = Page.clamp(limit);
        long after = cursor == null ? 0 : Ids.parse(SUBJECT, Cursor.parse(cursor, 1)[0]);
        List<Stream> found = table.list(scope, StreamKind.of(kind), after, most).stream()
                .map(streams::show)
                .toList();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR},
            assigned = true)
    Stream stream(@PathVariable String id, DataScope scope) {
        return streams.show(find(id, scope));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Stream create(@Valid @RequestBody NewStream wanted, Caller caller) {
        sources.check(StreamSources.MAIN, wanted.sourceUrl());
        if (wanted.subSourceUrl() != null) {
            checkSub(wanted.subSourceUrl(), wanted.sourceUrl());
        }
        Long squadNo = caller.scope().squadOfNew(wanted.squadId());
        try {
            long id = table.insert(new StreamTable.Facts(
                    wanted.name().strip(),
                    device(wanted.deviceId(), caller.scope()),
                    null,
                    squadNo,
                    wanted.sourceUrl(),
                    new Given<>(wanted.subSourceUrl()),
                    Boolean.TRUE.equals(wanted.record()),
                    false,
                    wanted.fetch() == null ? Fetch.ALWAYS : wanted.fetch(),
                    Place.of(wanted.location()),
                    wanted.heading(),
                    wanted.fieldOfView()));
            StreamTable.Stored created = table.find(id, DataScope.EVERYTHING).orElseThrow();
            Stream shown = streams.show(created);
            audit.record(caller, "create", SUBJECT, shown.id(), null, shown);
            streams.refetchAfterCommit(created);
            return shown;
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
    }

    @PatchMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Stream change(@PathVariable String id, @Valid @RequestBody StreamChange change, Caller caller, DataScope scope) {
        StreamTable.Stored before = find(id, scope);
        if (before.loudspeaker()) {
            refuseOfLoudspeaker("record", Boolean.TRUE.equals(change.record()));
            refuseOfLoudspeaker("fetch", change.fetch() == Fetch.ALWAYS);
        }
        StreamTable.Facts facts = after(before, change, scope);
        try {
            if (!table.update(before.id(), change.version(), facts)) {
                throw audit.conflict(SUBJECT, id, before.version());
            }
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(Given.or(change.squadId(), null));
        }
        StreamTable.Stored after = find(id, scope);
        audit.record(caller, "change", SUBJECT, id, streams.show(before), streams.show(after));
        streams.refetchAfterCommit(after);
        return streams.show(after);
    }

    /** What had to be recorded of it until now stays required. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void retire(@PathVariable String id, @RequestParam int version, Caller caller, DataScope scope) {
        StreamTable.Stored before = find(id, scope);
        if (!table.retire(before.id(), version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        events.publishEvent(new StreamRetired(before.id(), clock.instant()));
        audit.record(caller, "retire", SUBJECT, id, streams.show(before), null);
        streams.stopAfterCommit(before.id());
    }

    /** The stream as it is to be. The address as it was given out is no new one. */
    private StreamTable.Facts after(StreamTable.Stored before, StreamChange change, DataScope scope) {
        String address =
                change.sourceUrl() == null || change.sourceUrl().equals(before.shownUrl()) ? null : change.sourceUrl();
        if (address != null) {
            sources.check(StreamSources.MAIN, address);
        }
        Given<String> sub = change.subSourceUrl();
        if (sub != null && sub.value() != null) {
            sub = sub.value().equals(before.shownSubUrl()) ? null : sub;
        }
        if (sub != null && sub.value() != null) {
            checkSub(sub.value(), address == null ? before.sourceUrl() : address);
        }
        return new StreamTable.Facts(
                change.name() == null ? before.name() : change.name(),
                change.deviceId() == null
                        ? before.deviceNo()
                        : device(change.deviceId().value(), scope),
                before.channelId(),
                scope.squadAfter(change.squadId(), before.squadNo()),
                address,
                sub,
                change.record() == null ? before.record() : change.record(),
                before.loudspeaker(),
                change.fetch() == null ? before.fetch() : change.fetch(),
                change.location() == null
                        ? before.location()
                        : Place.of(change.location().value()),
                Given.or(change.heading(), before.heading()),
                Given.or(change.fieldOfView(), before.fieldOfView()));
    }

    private static void refuseOfLoudspeaker(String field, boolean wanted) {
        if (wanted) {
            throw Refusal.field(field, "must not be set of a loudspeaker: it sends nothing");
        }
    }

    private void checkSub(String address, String main) {
        sources.check(StreamSources.SUB, address);
        if (address.equals(main)) {
            throw Refusal.field(StreamSources.SUB, "must be another address than sourceUrl");
        }
    }

    private StreamTable.Stored find(String id, DataScope scope) {
        return table.find(Ids.parse(SUBJECT, id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private Integer device(String id, DataScope scope) {
        if (id == null) {
            return null;
        }
        RegisteredDevice device = register.byId(id);
        if (device == null || !scope.sees(device.squadNo())) {
            throw Refusal.field("deviceId", "names no device: " + id);
        }
        return device.known().no();
    }
}

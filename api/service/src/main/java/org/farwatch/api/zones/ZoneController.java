package org.farwatch.api.zones;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.zone.Zone;
import org.farwatch.vision.zone.ZoneRefused;
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

/** {@code /streams/{id}/zones}: what is looked for in a camera's picture, and where. */
@RestController
@RequestMapping("/api/v1/streams/{id}/zones")
class ZoneController {
    private static final String SUBJECT = "zone";
    /** Of one stream, those that are watched. */
    private static final int MOST = 16;

    private static final int MOST_CORNERS = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final ZoneTable zones;
    private final ZoneTrust trust;
    private final StreamBook streams;
    private final AuditLog audit;

    ZoneController(ZoneTable zones, ZoneTrust trust, StreamBook streams, AuditLog audit) {
        this.zones = zones;
        this.trust = trust;
        this.streams = streams;
        this.audit = audit;
    }

    /**
     * @param days 1 Monday to 7 Sunday, on which the hours begin
     * @param startTime {@code HH:mm} of the bureau's clock
     * @param endTime the same, excluded; on the next day unless after startTime
     */
    record HoursBody(List<Integer> days, String startTime, String endTime) {
        /** @return null for all days from a time to the same time: that is always */
        Hours read() {
            boolean inRange = days != null && days.stream().allMatch(day -> day != null && day >= 1 && day <= 7);
            if (!inRange || days.isEmpty() || new HashSet<>(days).size() < days.size()) {
                throw Refusal.field("hours.days", "must be some of 1 (Monday) to 7 (Sunday), each once; was " + days);
            }
            LocalTime start = time("hours.startTime", startTime);
            LocalTime end = time("hours.endTime", endTime);
            boolean always = days.size() == 7 && start.equals(end);
            return always ? null : new Hours(days.stream().sorted().toList(), start, end);
        }

        static HoursBody of(Hours hours) {
            return hours == null
                    ? null
                    : new HoursBody(hours.days(), TIME.format(hours.from()), TIME.format(hours.to()));
        }

        private static LocalTime time(String field, String text) {
            try {
                return LocalTime.parse(text == null ? "" : text, TIME);
            } catch (DateTimeException e) {
                throw Refusal.field(field, "must be a time such as 08:30, from 00:00 to 23:59, was " + text);
            }
        }
    }

    /**
     * @param polygon corners in order, {@code [x, y]} in widths and heights of the picture, 0 to 1
     * @param dwellSeconds how long a thing has to stay, 1 to 86,400
     * @param hours absent: always
     * @param state absent: trial
     */
    record NewZone(
            @NotBlank @Size(max = 100) String name,
            @NotNull List<List<Double>> polygon,
            @NotBlank String rule,
            @NotNull Double dwellSeconds,
            HoursBody hours,
            ZoneState state) {}

    /** What is absent stays as it is; hours of all seven days from a time to the same time are always. */
    record ZoneChange(
            int version,
            @Size(min = 1, max = 100) String name,
            List<List<Double>> polygon,
            String rule,
            Double dwellSeconds,
            HoursBody hours,
            ZoneState state) {}

    /**
     * As the API gives it.
     *
     * @param leads of all its time
     * @param standing what of its latest leads as it is was true, and what it needs to be in the feed
     */
    record Shown(
            String id,
            String streamId,
            String name,
            List<List<Double>> polygon,
            String rule,
            double dwellSeconds,
            HoursBody hours,
            ZoneState state,
            ZoneTable.Leads leads,
            ZoneTrust.Standing standing,
            int version) {
        static Shown of(ZoneTable.Stored zone, ZoneTrust.Standing standing) {
            ZoneTable.Facts facts = zone.facts();
            return new Shown(
                    Long.toString(zone.id()),
                    Long.toString(zone.streamId()),
                    facts.name(),
                    facts.polygon().stream()
                            .map(point -> List.of(point.x(), point.y()))
                            .toList(),
                    facts.rule(),
                    facts.dwellSeconds(),
                    HoursBody.of(facts.hours()),
                    facts.state(),
                    zone.leads(),
                    standing,
                    zone.version());
        }
    }

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Shown> zones(@PathVariable String id, DataScope scope) {
        return Page.all(
                zones.ofStream(stream(id, scope)).stream().map(this::shown).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    @Transactional
    Shown create(@PathVariable String id, @Valid @RequestBody NewZone wanted, Caller caller) {
        long stream = stream(id, caller.scope());
        ZoneTable.Facts facts = new ZoneTable.Facts(
                wanted.name().strip(),
                corners(wanted.polygon()),
                wanted.rule(),
                wanted.dwellSeconds(),
                wanted.hours() == null ? null : wanted.hours().read(),
                wanted.state() == null ? ZoneState.TRIAL : wanted.state());
        require(facts);
        requireRoom(stream, id);
        Shown created = shown(zones.find(stream, zones.insert(stream, facts)).orElseThrow());
        audit.record(caller, "create", SUBJECT, created.id(), null, created);
        return created;
    }

    @PatchMapping("/{zoneId}")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    @Transactional
    Shown change(
            @PathVariable String id,
            @PathVariable String zoneId,
            @Valid @RequestBody ZoneChange change,
            Caller caller) {
        ZoneTable.Stored before = find(id, zoneId, caller.scope());
        ZoneTable.Facts was = before.facts();
        ZoneTable.Facts facts = new ZoneTable.Facts(
                change.name() == null ? was.name() : change.name().strip(),
                change.polygon() == null ? was.polygon() : corners(change.polygon()),
                change.rule() == null ? was.rule() : change.rule(),
                change.dwellSeconds() == null ? was.dwellSeconds() : change.dwellSeconds(),
                change.hours() == null ? was.hours() : change.hours().read(),
                change.state() == null ? was.state() : change.state());
        require(facts);
        if (was.state() == ZoneState.RETIRED && facts.state() != ZoneState.RETIRED) {
            requireRoom(before.streamId(), id);
        }
        return save(before, change.version(), facts, caller, "change");
    }

    /** It is looked at no longer; its leads stay, and the zone with them. */
    @DeleteMapping("/{zoneId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    @Transactional
    void retire(@PathVariable String id, @PathVariable String zoneId, @RequestParam int version, Caller caller) {
        ZoneTable.Stored before = find(id, zoneId, caller.scope());
        save(before, version, before.facts().in(ZoneState.RETIRED), caller, "retire");
    }

    private Shown save(ZoneTable.Stored before, int version, ZoneTable.Facts facts, Caller caller, String action) {
        String zoneId = Long.toString(before.id());
        if (!zones.update(before.id(), version, facts)) {
            throw audit.conflict(SUBJECT, zoneId, before.version());
        }
        Shown after = shown(zones.find(before.streamId(), before.id()).orElseThrow());
        audit.record(caller, action, SUBJECT, zoneId, shown(before), after);
        return after;
    }

    private Shown shown(ZoneTable.Stored zone) {
        return Shown.of(zone, trust.of(zone.id()));
    }

    private ZoneTable.Stored find(String id, String zoneId, DataScope scope) {
        return zones.find(stream(id, scope), Ids.parse(SUBJECT, zoneId))
                .orElseThrow(() -> Refusal.notFound(SUBJECT, zoneId));
    }

    private long stream(String id, DataScope scope) {
        return streams.find(Ids.parse("stream", id), scope)
                .orElseThrow(() -> Refusal.notFound("stream", id))
                .id();
    }

    private void requireRoom(long stream, String id) {
        long watched = zones.ofStream(stream).stream()
                .filter(zone -> zone.facts().state() != ZoneState.RETIRED)
                .count();
        if (watched >= MOST) {
            throw new Refusal(
                    409, "too many zones", "stream " + id + " has " + MOST + " zones already; retire one first");
        }
    }

    private static List<Point> corners(List<List<Double>> polygon) {
        if (polygon.size() > MOST_CORNERS) {
            throw Refusal.field("polygon", "must have at most " + MOST_CORNERS + " corners, has " + polygon.size());
        }
        return polygon.stream()
                .map(corner -> {
                    if (corner == null
                            || corner.size() != 2
                            || corner.stream().anyMatch(each -> each == null || !Double.isFinite(each))) {
                        throw Refusal.field("polygon", "must be a list of [x, y], was " + polygon);
                    }
                    return new Point(corner.getFirst(), corner.getLast());
                })
                .toList();
    }

    private static void require(ZoneTable.Facts facts) {
        if (facts.name().isEmpty()) {
            throw Refusal.field("name", "must not be blank");
        }
        try {
            Zone.of(SUBJECT, facts.polygon(), facts.rule(), facts.dwellSeconds());
        } catch (ZoneRefused e) {
            throw Refusal.field(e.field(), e.rule() + "; was " + e.value());
        }
    }
}

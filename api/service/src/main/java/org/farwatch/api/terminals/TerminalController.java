package org.farwatch.api.terminals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/media} and {@code /devices/{id}/reports}, newest first. Each page is logged as a view. */
@RestController
@RequestMapping("/api/v1/devices/{id}")
class TerminalController {
    private static final Duration AHEAD = Duration.ofDays(365);

    private final MediaTable media;
    private final ReportedMessages reports;
    private final DeviceRegister register;
    private final ViewLog views;
    private final Clock clock;

    TerminalController(
            MediaTable media, ReportedMessages reports, DeviceRegister register, ViewLog views, Clock clock) {
        this.media = media;
        this.reports = reports;
        this.register = register;
        this.views = views;
        this.clock = clock;
    }

    /** The files themselves come from {@code /evidence}. */
    @GetMapping("/media")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER},
            assigned = true)
    Page<DeviceMedium> media(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        Part part = part(id, from, to, limit, cursor, caller);
        log(part, "media", caller);
        var found = media.list(part.no(), part.from(), part.to(), part.afterTime(), part.afterId(), part.most());
        return new Page<>(
                found,
                found.size() < part.most()
                        ? null
                        : Cursor.of(
                                found.getLast().receivedAt(), found.getLast().id()));
    }

    @GetMapping("/reports")
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<DeviceReport> reports(
            @PathVariable String id,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        Part part = part(id, from, to, limit, cursor, caller);
        log(part, "reports", caller);
        var found = reports.list(part.no(), part.from(), part.to(), part.afterTime(), part.afterId(), part.most());
        return new Page<>(
                found,
                found.size() < part.most()
                        ? null
                        : Cursor.of(
                                found.getLast().receivedAt(), found.getLast().id()));
    }

    private record Part(RegisteredDevice device, Instant from, Instant to, Instant afterTime, long afterId, int most) {
        int no() {
            return device.known().no();
        }
    }

    private Part part(String id, Instant from, Instant to, Integer limit, String cursor, Caller caller) {
        RegisteredDevice device = register.byId(id);
        if (device == null || !caller.scope().sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        Instant start = from == null ? Instant.EPOCH : from;
        Instant end = to == null ? clock.instant().plus(AHEAD) : to;
        if (!start.isBefore(end)) {
            throw Refusal.field("to", "must be after from (" + start + "), was " + end);
        }
        String[] after = cursor == null ? null : Cursor.parse(cursor, 2);
        return new Part(
                device,
                start,
                end,
                after == null ? end : Cursor.instant(after[0]),
                after == null ? Long.MAX_VALUE : Cursor.number(after[1]),
                Page.clamp(limit));
    }

    private void log(Part part, String kind, Caller caller) {
        views.record(caller, kind, part.device().known().id(), part.device().name(), part.from(), part.to());
    }
}

package org.farwatch.api.alarms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/alarms} and {@code /alarm-rules}: what devices report, and what becomes an alert. */
@RestController
@RequestMapping("/api/v1")
class AlarmController {
    private final AlarmHistory history;
    private final AlarmRules rules;
    private final DeviceRegister register;

    AlarmController(AlarmHistory history, AlarmRules rules, DeviceRegister register) {
        this.history = history;
        this.rules = rules;
        this.register = register;
    }

    /** How much an alert matters. */
    enum Severity {
        INFO,
        WARNING,
        CRITICAL;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException naming the value and the allowed ones */
        @JsonCreator
        static Severity of(String label) {
            return Arrays.stream(values())
                    .filter(each -> each.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "severity must be one of info, warning, critical or null; was " + label));
        }
    }

    /** @param severity null for no alert */
    record RuleChange(Severity severity, int holdSeconds, int rejoinSeconds, int version) {}

    record RuleShown(
            String alarm,
            String title,
            String severity,
            int holdSeconds,
            int rejoinSeconds,
            int version,
            String changedBy,
            Instant changedAt) {
        static RuleShown of(AlarmRules.Rule rule) {
            return new RuleShown(
                    rule.alarm().label(),
                    rule.title(),
                    rule.severity(),
                    rule.holdSeconds(),
                    rule.rejoinSeconds(),
                    rule.version(),
                    rule.changedBy(),
                    rule.changedAt());
        }
    }

    /** Times at which alarms of the device were on, the latest first. Where it was then is part of its alert. */
    @GetMapping("/devices/{id}/alarms")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<AlarmHistory.Entry> alarms(
            @PathVariable String id,
            @RequestParam(required = false) String alarm,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        RegisteredDevice device = register.byId(id);
        if (device == null || !caller.scope().sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        AlarmHistory.Filter filter = new AlarmHistory.Filter(
                alarm == null ? null : LocationAlarm.of(alarm).orElseThrow(() -> Refusal.notFound("alarm", alarm)),
                from,
                to);
        AlarmHistory.Place before = null;
        if (cursor != null) {
            String[] key = Cursor.parse(cursor, 2);
            before = new AlarmHistory.Place(Cursor.instant(key[0]), Cursor.number(key[1]));
        }
        int most = Page.clamp(limit);
        List<AlarmHistory.Entry> found = history.list(device.known().no(), filter, before, most);
        return new Page<>(
                found,
                found.size() < most
                        ? null
                        : Cursor.of(found.getLast().from(), found.getLast().id()));
    }

    @GetMapping("/alarm-rules")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Page<RuleShown> rules() {
        return Page.all(rules.all().stream().map(RuleShown::of).toList());
    }

    @PatchMapping("/alarm-rules/{alarm}")
    @Permit(Role.ADMINISTRATOR)
    RuleShown change(@PathVariable String alarm, @Valid @RequestBody RuleChange change, Caller caller) {
        caller.scope().requireEverything("rules are changed");
        return RuleShown.of(rules.change(alarm, change, caller));
    }
}

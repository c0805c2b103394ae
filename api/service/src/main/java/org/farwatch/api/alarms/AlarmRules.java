package org.farwatch.api.alarms;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.LocationAlarm;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which alarm of a device becomes an alert; in memory, the table behind. Any thread. */
@Component
@DependsOnDatabaseInitialization
class AlarmRules {
    private static final int MOST_HOLD = 3_600;
    private static final int MOST_REJOIN = 86_400;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;
    private volatile Map<LocationAlarm, Rule> rules;

    /**
     * @param title in Chinese
     * @param severity of the alert, null raises none
     * @param holdSeconds how long it must be on before the alert is raised
     * @param rejoinSeconds on again so soon after it went off, it is the same
     * @param changedBy null while nobody changed it
     */
    record Rule(
            LocationAlarm alarm,
            String title,
            String severity,
            int holdSeconds,
            int rejoinSeconds,
            int version,
            String changedBy,
            Instant changedAt) {}

    AlarmRules(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        rules = read();
    }

    Rule of(LocationAlarm alarm) {
        return rules.get(alarm);
    }

    /** All of them, in the order of the alarm bits. */
    Collection<Rule> all() {
        return rules.values();
    }

    /** @throws Refusal 404, 400 naming the range, or 409 */
    @Transactional
    public Rule change(String label, AlarmController.RuleChange wanted, Caller caller) {
        LocationAlarm alarm = LocationAlarm.of(label).orElseThrow(() -> Refusal.notFound("alarm", label));
        Rule before = of(alarm);
        require("holdSeconds", wanted.holdSeconds(), MOST_HOLD);
        require("rejoinSeconds", wanted.rejoinSeconds(), MOST_REJOIN);
        int changed = jdbc.sql("""
                        update device_alarm_rule set severity = :severity, hold_seconds = :hold,
                            rejoin_seconds = :rejoin, version = version + 1, changed_by = :by, changed_at = :now
                        where alarm = :alarm and version = :version""")
                .param(
                        "severity",
                        wanted.severity() == null ? null : wanted.severity().label())
                .param("hold", wanted.holdSeconds())
                .param("rejoin", wanted.rejoinSeconds())
                .param("by", caller.username())
                .param("now", Timestamp.from(clock.instant()))
                .param("alarm", label)
                .param("version", wanted.version())
                .update();
        if (changed == 0) {
            throw audit.conflict("alarm-rule", label, before.version());
        }
        Map<LocationAlarm, Rule> after = read();
        audit.record(caller, "change", "alarm-rule", label, before, after.get(alarm));
        rules = after;
        return after.get(alarm);
    }

    private static void require(String field, int value, int most) {
        if (value < 0 || value > most) {
            throw Refusal.field(field, "must be 0 to " + most + " seconds, was " + value);
        }
    }

    private Map<LocationAlarm, Rule> read() {
        Map<LocationAlarm, Rule> found = new LinkedHashMap<>();
        Map<String, Rule> stored = new LinkedHashMap<>();
        jdbc.sql("""
                        select alarm, title, severity, hold_seconds, rejoin_seconds, version, changed_by, changed_at
                        from device_alarm_rule""")
                .query((row, _) -> new Rule(
                        LocationAlarm.of(row.getString(1)).orElseThrow(),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getTimestamp(8) == null ? null : row.getTimestamp(8).toInstant()))
                .list()
                .forEach(rule -> stored.put(rule.alarm().label(), rule));
        for (LocationAlarm alarm : LocationAlarm.values()) {
            Rule rule = stored.get(alarm.label());
            if (rule == null) {
                throw new IllegalStateException("device_alarm_rule lacks " + alarm.label());
            }
            found.put(alarm, rule);
        }
        return found;
    }
}

package org.farwatch.api.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.web.Refusal;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The thresholds in force, in memory; changes are versioned, logged and told to those who use them. */
@Component
@DependsOnDatabaseInitialization
public class Rules {
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Function<Map<Threshold, Double>, String>> checks = new CopyOnWriteArrayList<>();
    private volatile Map<Threshold, Rule> rules;

    /** @param changedBy null while nobody changed it */
    public record Rule(
            String key,
            double value,
            String unit,
            double min,
            double max,
            double initial,
            int version,
            String changedBy,
            Instant changedAt) {}

    Rules(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
        rules = read();
    }

    public double value(Threshold threshold) {
        return rules.get(threshold).value();
    }

    public long seconds(Threshold threshold) {
        return Math.round(value(threshold));
    }

    public List<Rule> all() {
        return new ArrayList<>(rules.values());
    }

    /** Runs the listener after each change, on the thread that made it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Adds a check of values that belong together.
     *
     * @param refusal gives the sentence when they make no sense together, null when they do
     */
    public void check(Function<Map<Threshold, Double>, String> refusal) {
        checks.add(refusal);
    }

    /**
     * Changes one threshold.
     *
     * @param version that the caller saw
     * @throws Refusal 404, 400 naming the range, or 409
     */
    public Rule change(String key, double value, int version, Caller caller) {
        Threshold threshold = find(key);
        if (!(value >= threshold.least() && value <= threshold.most())) {
            throw Refusal.field(
                    "value",
                    "of " + key + " must be " + threshold.least() + " to " + threshold.most() + " " + threshold.unit()
                            + ", was " + value);
        }
        Map<Threshold, Double> wanted = new EnumMap<>(Threshold.class);
        rules.forEach((each, rule) -> wanted.put(each, rule.value()));
        wanted.put(threshold, value);
        for (Function<Map<Threshold, Double>, String> check : checks) {
            String sentence = check.apply(wanted);
            if (sentence != null) {
                throw Refusal.field("value", sentence);
            }
        }
        transaction.executeWithoutResult(_ -> write(threshold, value, version, caller));
        rules = read();
        listeners.forEach(Runnable::run);
        return rules.get(threshold);
    }

    /** Sets a threshold that nobody has set yet, for the demonstration. */
    public void preset(Threshold threshold, double value, String by) {
        transaction.executeWithoutResult(_ -> {
            int made = jdbc.sql("""
                            insert into rule (key, value, changed_by, changed_at) values (:key, :value, :by, now())
                            on conflict (key) do nothing""")
                    .param("key", threshold.key())
                    .param("value", value)
                    .param("by", by)
                    .update();
            if (made == 1) {
                audit.record(by, "change", "rule", threshold.key(), threshold.initial(), value, null);
            }
        });
        rules = read();
        listeners.forEach(Runnable::run);
    }

    private void write(Threshold threshold, double value, int version, Caller caller) {
        jdbc.sql("""
                insert into rule (key, value, version) values (:key, :value, 1) on conflict (key) do nothing""")
                .param("key", threshold.key())
                .param("value", threshold.initial())
                .update();
        int changed = jdbc.sql("""
                        update rule set value = :value, version = version + 1, changed_by = :by, changed_at = now()
                        where key = :key and version = :version""")
                .param("value", value)
                .param("by", caller.username())
                .param("key", threshold.key())
                .param("version", version)
                .update();
        Rule before = rules.get(threshold);
        if (changed == 0) {
            throw audit.conflict("rule", threshold.key(), before.version());
        }
        audit.record(caller, "change", "rule", threshold.key(), before.value(), value);
    }

    private static Threshold find(String key) {
        for (Threshold threshold : Threshold.values()) {
            if (threshold.key().equals(key)) {
                return threshold;
            }
        }
        throw Refusal.notFound("rule", key);
    }

    private Map<Threshold, Rule> read() {
        Map<Threshold, Rule> read = new EnumMap<>(Threshold.class);
        for (Threshold each : Threshold.values()) {
            read.put(
                    each,
                    new Rule(
                            each.key(),
                            each.initial(),
                            each.unit(),
                            each.least(),
                            each.most(),
                            each.initial(),
                            1,
                            null,
                            null));
        }
        jdbc.sql("select key, value, version, changed_by, changed_at from rule")
                .query((row, _) -> {
                    for (Threshold each : Threshold.values()) {
                        if (each.key().equals(row.getString("key"))) {
                            java.sql.Timestamp at = row.getTimestamp("changed_at");
                            read.put(
                                    each,
                                    new Rule(
                                            each.key(),
                                            row.getDouble("value"),
                                            each.unit(),
                                            each.least(),
                                            each.most(),
                                            each.initial(),
                                            row.getInt("version"),
                                            row.getString("changed_by"),
                                            at == null ? null : at.toInstant()));
                        }
                    }
                    return row.getRow();
                })
                .list();
        return read;
    }
}

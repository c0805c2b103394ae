package org.farwatch.api.duty;

import static org.farwatch.api.rules.Threshold.DRIFT_METRES;
import static org.farwatch.api.rules.Threshold.DRIFT_SECONDS;
import static org.farwatch.api.rules.Threshold.ENTER_METRES;
import static org.farwatch.api.rules.Threshold.ENTER_SECONDS;
import static org.farwatch.api.rules.Threshold.LATE_SECONDS;
import static org.farwatch.api.rules.Threshold.LEAVE_METRES;
import static org.farwatch.api.rules.Threshold.LEAVE_SECONDS;
import static org.farwatch.api.rules.Threshold.UNKNOWN_SECONDS;
import static org.farwatch.api.rules.Threshold.WORST_ACCURACY_METRES;

import java.time.Duration;
import java.util.Map;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.geo.presence.PresenceRules;
import org.springframework.stereotype.Component;

/** The thresholds of presence as the administrator set them. */
@Component
class PresenceThresholds {
    private final Rules rules;

    PresenceThresholds(Rules rules) {
        this.rules = rules;
        rules.check(values -> {
            try {
                of(values);
                return null;
            } catch (IllegalArgumentException e) {
                return "does not go together with the others: " + e.getMessage();
            }
        });
    }

    PresenceRules rules() {
        return new PresenceRules(
                rules.value(ENTER_METRES),
                rules.value(LEAVE_METRES),
                (int) rules.seconds(ENTER_SECONDS),
                (int) rules.seconds(LEAVE_SECONDS),
                rules.value(DRIFT_METRES),
                (int) rules.seconds(DRIFT_SECONDS),
                (int) rules.seconds(LATE_SECONDS),
                (int) rules.seconds(UNKNOWN_SECONDS),
                rules.value(WORST_ACCURACY_METRES));
    }

    /** How long somebody must be off post before an alert is raised. */
    Duration offPostAlert() {
        return Duration.ofSeconds(rules.seconds(Threshold.OFF_POST_ALERT_SECONDS));
    }

    void onChange(Runnable listener) {
        rules.onChange(listener);
    }

    private static PresenceRules of(Map<Threshold, Double> values) {
        return new PresenceRules(
                values.get(ENTER_METRES),
                values.get(LEAVE_METRES),
                values.get(ENTER_SECONDS).intValue(),
                values.get(LEAVE_SECONDS).intValue(),
                values.get(DRIFT_METRES),
                values.get(DRIFT_SECONDS).intValue(),
                values.get(LATE_SECONDS).intValue(),
                values.get(UNKNOWN_SECONDS).intValue(),
                values.get(WORST_ACCURACY_METRES));
    }
}

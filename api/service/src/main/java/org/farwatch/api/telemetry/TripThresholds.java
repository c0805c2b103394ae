package org.farwatch.api.telemetry;

import java.util.Locale;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.geo.trip.TripRules;
import org.springframework.stereotype.Component;

/** When a device stands and when it is silent, as the administrator set it. */
@Component
class TripThresholds {
    private final Rules rules;

    TripThresholds(Rules rules) {
        this.rules = rules;
    }

    TripRules rules() {
        return new TripRules(
                rules.value(Threshold.STOP_METRES),
                Math.toIntExact(rules.seconds(Threshold.STOP_SECONDS)),
                Math.toIntExact(rules.seconds(Threshold.TRACK_GAP_SECONDS)));
    }

    /** What figures were read by, as it is stored beside them. */
    String text() {
        TripRules now = rules();
        return String.format(Locale.ROOT, "%s %d %d", now.stopMetres(), now.stopSeconds(), now.gapSeconds());
    }
}

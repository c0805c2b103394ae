package org.farwatch.api.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.demo.*}.
 *
 * @param decideAfter how long a lead of the demonstration is left to a visitor before its operator decides on it
 * @param rollCallAfter after which an inspector calls the roll: until then the one who leaves has left
 * @param activity how long the body camera records before its squad leader asks for it; half of that it settles before
 */
@ConfigurationProperties("farwatch.demo")
record DemoSettings(
        @DefaultValue("4m") Duration decideAfter,
        @DefaultValue("100s") Duration rollCallAfter,
        @DefaultValue("60s") Duration activity) {
    DemoSettings {
        if (decideAfter.isNegative() || rollCallAfter.isNegative() || activity.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "farwatch.demo.decide-after and roll-call-after must not be negative, activity at least 2s");
        }
    }
}

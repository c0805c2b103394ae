package org.farwatch.geo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.farwatch.geo.presence.Field.at;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceRulesTest {
    @ParameterizedTest(name = "{9}")
    @CsvSource(delimiter = ';', textBlock = """
            16;15;20;60;75;330;300;180;100;enterMetres must lie within 0.0 and 15.0, was 16.0
            0;501;20;60;750;330;300;180;100;leaveMetres must lie within 0.0 and 500.0, was 501.0
            0;15;-1;60;75;330;300;180;100;enterSeconds must lie within 0.0 and 600.0, was -1.0
            0;15;20;3601;75;3602;300;180;100;leaveSeconds must lie within 0.0 and 3600.0, was 3601.0
            0;15;20;60;14;330;300;180;100;driftMetres must lie within 15.0 and 1000.0, was 14.0
            0;15;20;60;75;59;300;180;100;driftSeconds must lie within 60.0 and 3600.0, was 59.0
            0;15;20;60;75;330;7201;180;100;lateSeconds must lie within 0.0 and 7200.0, was 7201.0
            0;15;20;60;75;330;300;29;100;unknownSeconds must lie within 30.0 and 3600.0, was 29.0
            0;15;20;60;75;330;300;180;9;worstAccuracyMetres must lie within 10.0 and 1000.0, was 9.0
            NaN;15;20;60;75;330;300;180;100;enterMetres must lie within 0.0 and 15.0, was NaN
            """)
    void aRuleOutOfItsRangeIsRefused(
            double enter,
            double leave,
            int enterFor,
            int leaveFor,
            double drift,
            int driftFor,
            int late,
            int unknown,
            double accuracy,
            String message) {
        assertThatThrownBy(() ->
                        new PresenceRules(enter, leave, enterFor, leaveFor, drift, driftFor, late, unknown, accuracy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whereTheSkyIsOpenALeaveNearbyIsBelievedSooner() {
        PresenceRules open = new PresenceRules(0, 15, 20, 60, 15, 60, 300, 180, 100);
        PresenceTracker tracker = new PresenceTracker(Field.duty(), open);
        Field.stay(tracker, 0, 1000, 10, -20);
        Field.stay(tracker, 1000, 1100, 10, 40);
        assertThat(Field.read(tracker, 1100)).last().isEqualTo("1000-1100 off-post left");
    }

    @Test
    void aDutyMustEndAfterItsStartAndWithinThreeDays() {
        assertThatThrownBy(() -> new Duty(at(0), at(0), Field.POST)).hasMessageContaining("must be after start");
        assertThatThrownBy(() -> new Duty(at(0), at(3 * 86_400 + 1), Field.POST))
                .hasMessageContaining("at most 3 days after start");
    }

    @Test
    void labelsAreThoseOfTheVocabulary() {
        assertThat(Arrays.stream(PresenceState.values()).map(PresenceState::label))
                .containsExactlyInAnyOrder(
                        "on-post",
                        "on-task",
                        "break",
                        "travelling",
                        "off-post",
                        "late",
                        "left-early",
                        "absent",
                        "unknown",
                        "doubtful");
        assertThat(Arrays.stream(PresenceCause.values()).map(PresenceCause::label))
                .doesNotHaveDuplicates();
    }
}

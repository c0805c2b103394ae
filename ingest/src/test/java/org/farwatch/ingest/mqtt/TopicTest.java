package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    @Test
    void everyTopicOfTheContractIsKnown() {
        assertThat(Topic.of("farwatch", "farwatch/p1/position")).isEqualTo(new Topic("p1", Topic.Kind.POSITION));
        assertThat(Topic.of("farwatch", "farwatch/p1/status")).isEqualTo(new Topic("p1", Topic.Kind.STATUS));
        assertThat(Topic.of("farwatch", "farwatch/p1/command")).isEqualTo(new Topic("p1", Topic.Kind.COMMAND));
        assertThat(Topic.of("farwatch", "farwatch/p1/recording")).isEqualTo(new Topic("p1", Topic.Kind.RECORDING));
        assertThat(Topic.of("bureau", "bureau/执法-7/nmea")).isEqualTo(new Topic("执法-7", Topic.Kind.NMEA));
        assertThat(Topic.of("farwatch", "farwatch/" + "a".repeat(64) + "/status"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "farwatch",
                "farwatch/",
                "farwatch/p1",
                "farwatch/p1/",
                "farwatch/p1/positions",
                "farwatch/p1/position/x",
                "farwatch//position",
                "farwatchp1/p1/position",
                "other/p1/position",
                "farwatch/p\u0001/position"
            })
    void nothingElseIs(String topic) {
        assertThat(Topic.of("farwatch", topic)).isNull();
    }

    @Test
    void anIdOfMoreThan64CharactersIsNone() {
        assertThat(Topic.of("farwatch", "farwatch/" + "a".repeat(65) + "/status"))
                .isNull();
    }
}

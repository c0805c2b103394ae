package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSettingsTest {
    private static final MqttSettings PLAIN = MqttSettings.of("tcp://127.0.0.1:1883");

    @Test
    void theFilterCoversThePrefixAndMayBeShared() {
        assertThat(PLAIN.topicFilter()).isEqualTo("farwatch/#");
        assertThat(PLAIN.withShareGroup("ingest").topicFilter()).isEqualTo("$share/ingest/farwatch/#");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(PLAIN.withUser("service", "geheim").toString())
                .contains("service")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "127.0.0.1:1883", "tcp://127.0.0.1", "http://127.0.0.1:80", "tcp://:1883", "tcp://a b:1"})
    void aBrokerMustBeAnAddressOfAKnownScheme(String broker) {
        assertThatThrownBy(() -> MqttSettings.of(broker))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("farwatch.mqtt broker must be tcp://host:port or ssl://host:port; was " + broker);
    }

    @Test
    void aSessionThatTheBrokerWouldForgetIsRefused() {
        assertThatThrownBy(() -> session(Duration.ZERO))
                .hasMessage("farwatch.mqtt session.expiry must be from 1 s to 24 d; was PT0S");
        assertThatThrownBy(() -> session(Duration.ofDays(30)))
                .hasMessage("farwatch.mqtt session.expiry must be from 1 s to 24 d; was PT720H");
        assertThat(session(MqttSettings.Session.MAX_EXPIRY).expiry().toSeconds() * 1000)
                .isLessThanOrEqualTo(Integer.MAX_VALUE);
    }

    private static MqttSettings.Session session(Duration expiry) {
        return new MqttSettings.Session(
                expiry, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofSeconds(1));
    }

    @Test
    void namesWithWildcardsOrLevelsAreRefused() {
        assertThatThrownBy(() -> PLAIN.withClientId("a/b"))
                .hasMessage("farwatch.mqtt clientId must be 1 to 64 characters without / + # and blanks; was a/b");
        assertThatThrownBy(() -> PLAIN.withShareGroup("#"))
                .hasMessageStartingWith("farwatch.mqtt shareGroup must be absent or");
        assertThatThrownBy(() -> PLAIN.withUser(null, "secret"))
                .hasMessage("farwatch.mqtt username must be given with a password; was null");
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new MqttSettings.Limits(0, 1, 1, 1, 1, Duration.ZERO))
                .hasMessage("farwatch.mqtt limits.receiveMaximum must be from 1 to 65535; was 0");
        assertThatThrownBy(() -> new MqttSettings.Limits(1, 10, 1, 9, 1, Duration.ZERO))
                .hasMessage("farwatch.mqtt limits.waitingBytes must be at least messageBytes; was 9");
    }
}

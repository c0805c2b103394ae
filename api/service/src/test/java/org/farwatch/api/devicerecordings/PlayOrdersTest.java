package org.farwatch.api.devicerecordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.farwatch.ingest.media.push.PlayOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PlayOrdersTest {
    private final PlayOrders orders = new PlayOrders(JsonMapper.shared());

    @Test
    void eachOrderIsRead() {
        assertThat(orders.read("{\"pause\": true}")).isEqualTo(new PlayOrder.Pause());
        assertThat(orders.read("{\"resume\": true, \"pause\": false}")).isEqualTo(new PlayOrder.Resume());
        assertThat(orders.read("{\"speed\": 0.5}")).isEqualTo(new PlayOrder.Speed(0.5));
        assertThat(orders.read("{\"seek\": \"2026-11-20T01:00:00Z\"}"))
                .isEqualTo(
                        new PlayOrder.Seek(Instant.parse("2026-11-20T01:00:00Z").toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause | an order must be JSON",
                "{} | one of pause, resume, speed and seek",
                "[1] | one of pause, resume, speed and seek",
                "{\"seek\": \"noon\"} | seek must be an instant such as 2026-11-22T09:30:00Z",
                "{\"speed\": 17} | 0.25 to 16.0, was 17.0",
                "{\"speed\": \"2\"} | one of pause, resume, speed and seek",
            })
    void whatIsNoneIsRefusedWithTheRule(String text, String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> orders.read(text)).withMessageContaining(rule);
    }

    @Test
    void oneThatIsTooLongIsNotEvenRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> orders.read(" ".repeat(201)))
                .withMessageContaining("at most 200 characters");
    }
}

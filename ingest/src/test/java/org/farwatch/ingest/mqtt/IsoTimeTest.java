package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    private static long millis(String text) {
        // In the middle of a larger array, as a parser hands it over.
        String within = "##" + text + "##";
        return IsoTime.millis(within.toCharArray(), 2, text.length());
    }

    @Test
    void allWritingsOfOneInstantMeanTheSame() {
        long expected = Instant.parse("2026-11-21T01:47:27Z").toEpochMilli();
        assertThat(millis("2026-11-21T01:47:27Z")).isEqualTo(expected);
        assertThat(millis("2026-11-21t01:47:27z")).isEqualTo(expected);
        assertThat(millis("2026-11-21T09:47:27+08:00")).isEqualTo(expected);
        assertThat(millis("2026-11-21T09:47:27+0800")).isEqualTo(expected);
        assertThat(millis("2026-11-21T09:47:27+08")).isEqualTo(expected);
        assertThat(millis("2026-11-20T20:17:27.000-05:30")).isEqualTo(expected);
        assertThat(millis("2026-11-21T01:47Z")).isEqualTo(expected - 27_000);
        assertThat(millis("2026-11-21T01:47:27.25Z")).isEqualTo(expected + 250);
        assertThat(millis("2026-11-21T01:47:27,2509Z")).isEqualTo(expected + 250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21T01:47:27",
                "2026-11-21 01:47:27Z",
                "2026-11-21T01:47:2",
                "2026-11-21T01:47:",
                "2026-11-21T01:47:27.Z",
                "2026-11-21T01:47:60Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T01:60:00Z",
                "2026-13-21T01:47:27Z",
                "2026-00-21T01:47:27Z",
                "2026-02-29T01:47:27Z",
                "2026-04-31T01:47:27Z",
                "2026-11-00T01:47:27Z",
                "2026-11-21T01:47:27+8",
                "2026-11-21T01:47:27+08:",
                "2026-11-21T01:47:27+08:60",
                "2026-11-21T01:47:27+19:00",
                "2026-11-21T01:47:27ZZ",
                "２０２６-11-21T01:47:27Z"
            })
    void whatIsNoPointInTimeIsInvalid(String text) {
        assertThat(millis(text)).isEqualTo(IsoTime.INVALID);
    }

    @Property(tries = 2000)
    void readsWhatTheJdkWrites(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_000_000_000L) long instant,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        OffsetDateTime time = Instant.ofEpochMilli(instant).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
        if (time.getYear() >= 0 && time.getYear() <= 9999) {
            assertThat(millis(time.toString())).isEqualTo(instant);
        }
    }
}

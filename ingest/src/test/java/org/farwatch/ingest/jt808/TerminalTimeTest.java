package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.FixTimes;
import org.junit.jupiter.api.Test;

class TerminalTimeTest {
    private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("uuMMddHHmmss");

    @Test
    void aTimeIsReadAsGmtPlus8() {
        assertThat(millis("181015101010"))
                .isEqualTo(Instant.parse("2018-10-15T02:10:10Z").toEpochMilli());
        assertThat(millis("240229235959"))
                .isEqualTo(Instant.parse("2024-02-29T15:59:59Z").toEpochMilli());
    }

    @Test
    void aYearFrom80OnBelongsToTheLastCenturyAsAReceiverThatRolledOverTwiceShows() {
        assertThat(millis("800106000000"))
                .isEqualTo(Instant.parse("1980-01-05T16:00:00Z").toEpochMilli());
        assertThat(millis("791231235959"))
                .isEqualTo(Instant.parse("2079-12-31T15:59:59Z").toEpochMilli());
    }

    @Test
    void whatIsNoDateIsNone() {
        for (String none : new String[] {
            "000000000000", "18101510101a", "f81015101010", "181315101010", "180015101010", "180230101010",
            "190229101010", "180431101010", "180400101010", "181015241010", "181015106010", "181015101060",
            "ffffffffffff"
        }) {
            assertThat(millis(none)).as(none).isEqualTo(FixTimes.NO_DATE);
        }
    }

    @Property
    void everySecondFrom1980To2079IsWrittenAsTheCalendarSaysAndReadBack(
            @ForAll @LongRange(min = 315_532_800, max = 3_471_263_999L) long localSecond) {
        long millis = (localSecond - 8 * 3600) * 1000;
        byte[] bytes = new byte[6];
        TerminalTime.write(millis, bytes, 0);

        String calendar =
                LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC).format(DIGITS);
        assertThat(Hex.text(bytes)).isEqualTo(calendar);
        assertThat(TerminalTime.millis(bytes, 0)).isEqualTo(millis);
    }

    @Property
    void noSixBytesThrow(@ForAll @Size(6) byte[] bytes) {
        assertThat(TerminalTime.millis(bytes, 0))
                .satisfiesAnyOf(
                        millis -> assertThat(millis).isEqualTo(FixTimes.NO_DATE),
                        millis -> assertThat(millis).isBetween(315_532_800_000L - 28_800_000, 3_471_263_999_999L));
    }

    private static long millis(String digits) {
        return TerminalTime.millis(Hex.bytes(digits), 0);
    }
}

package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocationItemsTest {
    private static final byte[] ITEMS = Hex.bytes("ffff 01 04 00000064 31 01 0c 71 02 0102 71 01 03 e1 00 ff");
    private static final int FROM = 2;
    private static final int LENGTH = ITEMS.length - 3;

    @Test
    void mileageAndSatellitesAreRead() {
        assertThat(LocationItems.mileage(ITEMS, FROM, LENGTH)).hasValue(10.0);
        assertThat(LocationItems.satellites(ITEMS, FROM, LENGTH)).hasValue(12);
        assertThat(LocationItems.mileage(ITEMS, FROM, 0)).isEmpty();
        assertThat(LocationItems.satellites(ITEMS, FROM, 0)).isEmpty();
    }

    @Test
    void allItemsAreListedAndRepeatedOnesAreToldApart() {
        assertThat(LocationItems.extras(ITEMS, FROM, LENGTH).toString())
                .isEqualTo("{0x01=00000064, 0x31=0c, 0x71=0102, 0x71.2=03, 0xE1=}");
    }

    /** A message of many packages may have a million of them: each is named at once, not after all before it. */
    @Test
    void manyItemsOfOneKindAreListedInTimeThatGrowsWithTheirNumberOnly() {
        byte[] items = new byte[2 * 200_000];
        Map<String, String> extras =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> LocationItems.extras(items, 0, items.length));
        assertThat(extras).hasSize(200_000).containsKeys("0x00", "0x00.2", "0x00.200000");
    }

    @Test
    void alarmBitsHaveNames() {
        assertThat(LocationAlarm.labels(0)).isEmpty();
        assertThat(LocationAlarm.labels(0x80000003)).containsExactly("sos", "overspeed", "illegal-door-open");
        assertThat(LocationAlarm.labels(-1)).hasSize(32).doesNotHaveDuplicates();
        assertThat(Arrays.stream(LocationAlarm.values())
                        .mapToInt(LocationAlarm::mask)
                        .reduce(0, (a, b) -> a ^ b))
                .isEqualTo(-1);
    }

    @Test
    void statusBitsHaveNames() {
        LocationStatus none = LocationStatus.of(0);
        assertThat(none.accOn()).isFalse();
        assertThat(none.load()).isEqualTo("empty");
        assertThat(none.openDoors()).isEmpty();

        LocationStatus some = LocationStatus.of(0x0048_2303 | 1 << 17);
        assertThat(some.accOn()).isTrue();
        assertThat(some.positioned()).isTrue();
        assertThat(some.load()).isEqualTo("full");
        assertThat(some.openDoors()).isEqualTo(List.of(1, 5));
        assertThat(some.beidou()).isTrue();
        assertThat(some.gps()).isFalse();
        assertThat(some.moving()).isTrue();

        LocationStatus all = LocationStatus.of(-1);
        assertThat(all.openDoors()).isEqualTo(List.of(1, 2, 3, 4, 5));
        assertThat(all.encrypted() && all.fuelCut() && all.circuitCut() && all.doorsLocked() && all.galileo())
                .isTrue();
        assertThat(LocationStatus.of(0x100).load()).isEqualTo("half");
        assertThat(LocationStatus.of(0x200).load()).isEqualTo("reserved");
    }
}

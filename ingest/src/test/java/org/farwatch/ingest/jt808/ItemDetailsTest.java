package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemDetailsTest {
    private static Map<String, Object> details(String items) {
        byte[] bytes = Hex.bytes(items);
        return ItemDetails.of(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02 02 007d | {fuel=12.5}",
                "03 02 0190 | {recorderSpeed=40.0}",
                "05 04 30ff31ff | {tyrePressures=[48, null, 49]}",
                "06 02 fffb | {compartmentTemperature=-5}",
                "11 01 00 | {overspeedIn={kind=none}}",
                "11 05 03 00000007 | {overspeedIn={kind=polygon, area=7}}",
                "12 06 01 00000009 01 | {areaCrossed={kind=circle, area=9, direction=out}}",
                "13 07 00000002 0078 01 | {sectionTime={section=2, seconds=120, result=too-long}}",
                "14 04 00000003 | {videoAlarms=[signal-lost, covered]}",
                "15 04 80000001 | {videoLostOn=[1, 32]}",
                "16 04 00000004 | {videoCoveredOn=[3]}",
                "18 02 0005 | {abnormalDriving={kinds=[fatigue, smoking]}}",
                "18 03 0002 5a | {abnormalDriving={kinds=[phone], fatigue=90}}",
                "25 04 00000014 | {vehicleSignals=[right-turn, brake]}",
                "2a 02 0002 | {sleep=[sleep]}",
                "2b 04 00020001 | {analogueInputs=[1, 2]}",
                "30 01 1c 31 01 0c | {radioSignal=28, satellites=12}"
            })
    void anItemIsReadInWordsAndUnits(String items, String expected) {
        assertThat(details(items)).hasToString(expected);
    }

    @Test
    void aStorageFaultNamesMainAndBackupStores() {
        assertThat(details("17 02 1003").get("storageFaults"))
                .isEqualTo(Map.of("main", List.of(1, 2), "backup", List.of(1)));
    }

    @Test
    void alarmsOfTheDriverAssistanceAreRead() {
        String where = "28 0004 01dc8830 073d7c30 260301080005 0003" + "31".repeat(7) + "260301080005 01 02 00";
        assertThat(details("64 2f 00000001 01 02 01 3c 05 01 00 00" + where))
                .hasToString("{driverAssistance={alarm=1, state=start, type=lane-departure, level=1, speed=40,"
                        + " latitude=31.23, longitude=121.47, time=2026-03-01T00:00:05Z}}");
        assertThat(details("65 2f 00000002 00 01 02 07 00000000" + where))
                .hasToString("{driverState={alarm=2, state=event, type=fatigue, level=2, fatigue=7, speed=40,"
                        + " latitude=31.23, longitude=121.47, time=2026-03-01T00:00:05Z}}");
        assertThat(details("67 29 00000003 02 02" + where).toString()).contains("state=end, type=left-behind");
        assertThat(details("64 06 00000001 01 04"))
                .hasToString("{driverAssistance={alarm=1, state=start, type=pedestrian}}");
    }

    @Test
    void whatHasNoMeaningOrAWrongLengthIsLeftToTheRawItems() {
        assertThat(details("e1 02 0102 14 01 01 12 02 0101 64 02 0101 71 00")).isEmpty();
    }

    @Property(tries = 1000)
    void noBytesThrow(@ForAll @Size(max = 120) byte[] items) {
        assertThat(ItemDetails.of(items, 0, items.length)).isNotNull();
    }
}

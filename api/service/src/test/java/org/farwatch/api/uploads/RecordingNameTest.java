package org.farwatch.api.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names as makers write them. */
class RecordingNameTest {
    @ParameterizedTest
    @CsvSource({
        "1234567_110001_20261122093000_0001.mp4, 1234567, 110001, 1,",
        "1234567_110001_20261122_093000_0001_IMP.MP4, 1234567, 110001, 1, true",
        "1234567-110001-20261122-093000-0001IMP.avi, 1234567, 110001, 1, true",
        "1234567_110001_20261122093000.mov, 1234567, 110001,,",
        "ZFY07_20261122093000_12.mp4, ZFY07,, 12,",
        "ZFY07_20261122_093000_imp.ts, ZFY07,,, true",
    })
    void isReadInItsParts(String name, String device, String officer, Long sequence, Boolean important) {
        assertThat(RecordingName.read(name))
                .contains(new Told(
                        device, officer, Instant.parse("2026-11-22T01:30:00Z"), null, sequence, important, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.mp4",
                "1234567_110001_20261322093000_0001.mp4",
                "1234567_110001_20261122253000_0001.mp4",
                "1234567_110001_20261122093000_0001.exe",
                "../1234567_110001_20261122093000_0001.mp4",
                "1234567_110001_20260230093000.mp4",
                "_110001_20261122093000.mp4"
            })
    void isNoneOfOurs(String name) {
        assertThat(RecordingName.read(name)).isEmpty();
    }
}

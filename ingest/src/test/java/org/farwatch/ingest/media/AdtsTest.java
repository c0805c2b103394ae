package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdtsTest {
    @Test
    void theConfigurationSaysObjectTypeRateAndChannels() {
        assertThat(Adts.configuration(16_000, 1)).isEqualTo(TestFormats.hex("1408"));
        assertThat(Adts.configuration(44_100, 2)).isEqualTo(TestFormats.hex("1210"));
        assertThat(Adts.configuration(8_000, 1)).isEqualTo(TestFormats.hex("1588"));
    }

    @Test
    void whatTwoBytesCannotSayIsNotSaid() {
        assertThat(Adts.configuration(11_000, 1)).isNull();
        assertThat(Adts.configuration(0, 1)).isNull();
        assertThat(Adts.configuration(48_000, 0)).isNull();
        assertThat(Adts.configuration(48_000, 7)).isNull();
    }

    @Test
    void aHeaderWithAndWithoutChecksumIsTakenOff() {
        assertThat(Adts.strip(TestFormats.hex("fff16040 015ffc 2100 49"))).isEqualTo(TestFormats.hex("210049"));
        assertThat(Adts.strip(TestFormats.hex("fff06040 015ffc abcd 210049"))).isEqualTo(TestFormats.hex("210049"));
    }

    @Test
    void aFrameWithoutHeaderStaysAndAHeaderAloneIsNothing() {
        byte[] raw = TestFormats.hex("21004990021900238000");
        assertThat(Adts.strip(raw)).isSameAs(raw);
        assertThat(Adts.strip(TestFormats.hex("fff16040 015ffc"))).isEmpty();
        assertThat(Adts.strip(TestFormats.hex("fff06040 015ffc ab"))).isEmpty();
        assertThat(Adts.strip(new byte[0])).isEmpty();
    }

    @Test
    void wholeFramesEndWhereOneIsCutOffOrIsShorterThanItsHeader() {
        byte[] cut = TestFormats.hex("00 fff16040 011ffc 21 fff16040 015ffc 2100");
        assertThat(Adts.whole(cut, 1, cut.length)).isEqualTo(9);
        assertThat(Adts.whole(cut, 1, 8)).isEqualTo(1);
        byte[] withoutRoomForItsChecksum = TestFormats.hex("fff06040 011ffc ab");
        assertThat(Adts.whole(withoutRoomForItsChecksum, 0, withoutRoomForItsChecksum.length))
                .isZero();
    }

    @Test
    void ratesAndTheirNumbersBelongTogether() {
        assertThat(Adts.sampleRate(8)).isEqualTo(16_000);
        assertThat(Adts.rateIndex(16_000)).isEqualTo(8);
        assertThat(Adts.rateIndex(16_001)).isEqualTo(-1);
        assertThat(Adts.sampleRate(13)).isEqualTo(-1);
        assertThat(Adts.sampleRate(15)).isEqualTo(-1);
    }

    @Test
    void framesThatFollowEachOtherAreTakenApart() {
        byte[] two = TestFormats.hex("fff16040 015ffc 210049 fff16040 011ffc 21");
        assertThat(Adts.frames(two)).hasSize(2).first().satisfies(frame -> {
            assertThat(frame.sampleRate()).isEqualTo(16_000);
            assertThat(frame.channels()).isEqualTo(1);
            assertThat(frame.micros()).isEqualTo(64_000);
            assertThat(frame.configuration()).isEqualTo(TestFormats.hex("1408"));
            assertThat(frame.payload()).isEqualTo(TestFormats.hex("210049"));
        });
        assertThat(Adts.frames(TestFormats.hex("fff16040 015ffc 2100"))).isEmpty();
        assertThat(Adts.frames(TestFormats.hex("210049"))).isEmpty();
    }
}

package org.farwatch.ingest.media.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;
import org.junit.jupiter.api.Test;

/** What times pictures of a recording get, in microseconds of a day in 2026. */
class RecordedFeedTest {
    private static final long FROM = 1_795_000_000_000L;
    private static final long TO = FROM + 60_000;

    private final List<String> told = new ArrayList<>();
    private final RecordedFeed feed = new RecordedFeed(
            new Feed() {
                @Override
                public void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] unit) {
                    assertThat(receiveTime).isEqualTo(decode / 1_000);
                    told.add("picture " + (receiveTime - FROM) + " +" + (presentation - decode) / 1_000);
                }

                @Override
                public void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
                    told.add("sound " + (receiveTime - FROM));
                }

                @Override
                public void aac(long stamp, long receiveTime, byte[] frames) {
                    told.add("sound " + (receiveTime - FROM));
                }

                @Override
                public void leftOut(String codec) {
                    told.add(codec);
                }

                @Override
                public void lost() {
                    told.add("lost");
                }

                @Override
                public void failed(OfflineCause cause, String detail) {
                    told.add(cause.label());
                }
            },
            FROM,
            TO);

    private void picture(long millis) {
        feed.video(VideoCodec.H264, millis * 1_000, millis * 1_000 + 40_000, 0, new byte[1]);
    }

    @Test
    void stampsOfAnyOriginBeginWhereItWasAskedFor() {
        feed.aac(5_000_000, 0, new byte[1]);
        picture(5_000);
        picture(5_040);
        feed.aac(5_050_000, 0, new byte[1]);
        assertThat(told).containsExactly("picture 0 +40", "picture 40 +40", "sound 50");
        assertThat(feed.position()).isEqualTo(FROM + 40);
    }

    @Test
    void stampsThatAreTimesStayWhatTheyAre() {
        picture(FROM - 800);
        picture(FROM + 7_200);
        assertThat(told).containsExactly("picture -800 +40", "picture 7200 +40");
    }

    @Test
    void whatWasOnItsWayWhenItWasMovedIsLeftOut() {
        picture(0);
        feed.moved(FROM + 30_000);
        picture(40);
        picture(30_000);
        picture(30_040);
        assertThat(told).containsExactly("picture 0 +40", "lost", "picture 30000 +40", "picture 30040 +40");
    }

    @Test
    void aDeviceThatCountsAnewGoesOnBehindTheLastPicture() {
        picture(20_000);
        picture(20_040);
        picture(0);
        picture(40);
        assertThat(told).containsExactly("picture 0 +40", "picture 40 +40", "picture 80 +40", "picture 120 +40");
    }

    @Test
    void whatIsBehindTheEndIsNotTaken() {
        picture(0);
        picture(59_990);
        picture(60_000);
        picture(60_040);
        assertThat(told).containsExactly("picture 0 +40", "picture 59990 +40", "ended");
    }
}

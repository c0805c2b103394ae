package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.media.Fragment;
import org.junit.jupiter.api.Test;

class PictureTimesTest {
    private static final Instant ASKED = Instant.parse("2026-03-01T02:00:00Z");

    private final List<Instant> began = new ArrayList<>();
    private final PictureTimes times = new PictureTimes(ASKED, began::add);

    @Test
    void aStreamThatNeverCameIsInterruptedSinceItWasAskedFor() {
        times.end();

        assertThat(times.last()).isEqualTo(ASKED);
        assertThat(began).isEmpty();
    }

    @Test
    void anInterruptionIsFromTheEndOfTheLastFragmentToTheNextKeyPicture() {
        times.fragment(fragment(true, 1_000));
        times.fragment(fragment(false, 1_200));
        times.fragment(fragment(true, 1_400));
        assertThat(began).containsExactly(ASKED.plusMillis(1_000));

        times.end();
        assertThat(times.last()).isEqualTo(ASKED.plusMillis(1_600));

        times.fragment(fragment(false, 9_000));
        assertThat(began).hasSize(1);
        times.fragment(fragment(true, 9_200));
        assertThat(began).containsExactly(ASKED.plusMillis(1_000), ASKED.plusMillis(9_200));
    }

    /** Of 200 ms. */
    private static Fragment fragment(boolean key, long millis) {
        return new Fragment(
                new byte[0],
                key,
                millis * 1_000,
                200_000,
                ASKED.plusMillis(millis).toEpochMilli(),
                5);
    }
}

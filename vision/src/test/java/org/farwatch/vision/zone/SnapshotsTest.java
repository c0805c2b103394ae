package org.farwatch.vision.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    @Test
    void keepsFewPicturesOfALongTimeAndTheNewestBeforeAMoment() {
        Snapshots snapshots = new Snapshots(3600);
        AtomicInteger encoded = new AtomicInteger();
        for (int tenth = 0; tenth < 36_000; tenth++) {
            byte[] jpeg = {(byte) (tenth / 10 / 60)};
            snapshots.offer(tenth * 100_000L, () -> {
                encoded.incrementAndGet();
                return jpeg;
            });
        }
        assertThat(encoded.get()).isEqualTo(1800);
        assertThat(snapshots.size()).isBetween(20, 80);
        assertThat(snapshots.before(3_599_000_000L)).containsExactly(59);
        assertThat(snapshots.before(1_800_000_000L)[0]).isBetween((byte) 20, (byte) 30);
        assertThat(snapshots.before(-1)).isEmpty();
    }
}

package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.ingest.gb28181.StreamQuota.Priority;
import org.junit.jupiter.api.Test;

class StreamQuotaTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final StreamQuota quota = new StreamQuota(1);

    @Test
    void anEmergencyGoesBeforeAnOperatorAndHeBeforeDetection() throws InterruptedException {
        List<Priority> order = new CopyOnWriteArrayList<>();
        assertThat(quota.take("a", Priority.VISION, LONG)).isTrue();
        Thread[] waiting = new Thread[3];
        Priority[] came = {Priority.VISION, Priority.OPERATOR, Priority.SOS};
        for (int i = 0; i < came.length; i++) {
            Priority priority = came[i];
            waiting[i] = Thread.ofPlatform().start(() -> {
                try {
                    if (quota.take("a", priority, LONG)) {
                        order.add(priority);
                        quota.give("a");
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread thread = waiting[i];
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        quota.give("a");
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(order).containsExactly(Priority.SOS, Priority.OPERATOR, Priority.VISION);
        assertThat(quota.open()).isZero();
    }

    @Test
    void whoWaitsTooLongGetsNoneAndOthersAreNotHeldUp() throws InterruptedException {
        assertThat(quota.take("a", Priority.OPERATOR, LONG)).isTrue();
        assertThat(quota.take("a", Priority.SOS, Duration.ofMillis(50))).isFalse();
        assertThat(quota.take("b", Priority.VISION, Duration.ZERO)).isTrue();
        quota.give("a");
        assertThat(quota.take("a", Priority.VISION, Duration.ZERO)).isTrue();
        assertThat(quota.open()).isEqualTo(2);
    }

    @Test
    void numbersOfStreamsAreGivenOnceAtATime() {
        Ssrcs ssrcs = new Ssrcs("3402000000");
        String first = ssrcs.take();
        assertThat(first).matches("0\\d{9}").startsWith("020000");
        assertThat(ssrcs.take()).isNotEqualTo(first);
        ssrcs.give(first);
        for (int i = 0; i < Ssrcs.SERIALS - 1; i++) {
            assertThat(ssrcs.take()).hasSize(10);
        }
        org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(ssrcs::take);
    }
}

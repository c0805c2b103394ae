package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.farwatch.ingest.media.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamQuotaTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static void nothing() {}

    private final StreamQuota quota = new StreamQuota(1);

    @Test
    void anEmergencyGoesBeforeAnOperatorHeBeforeWhatMustBeRecordedAndThatBeforeDetection() throws InterruptedException {
        List<Priority> order = new CopyOnWriteArrayList<>();
        StreamQuota.Place first = take(() -> Priority.OPERATOR, StreamQuotaTest::nothing, LONG);
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        List<Priority> came = List.of(Priority.VISION, Priority.REQUIRED, Priority.OPERATOR, Priority.SOS);
        for (Priority priority : came) {
            waiting.add(CompletableFuture.runAsync(
                    () -> {
                        StreamQuota.Place place = take(() -> priority, StreamQuotaTest::nothing, LONG);
                        order.add(priority);
                        place.give();
                    },
                    task -> Thread.ofPlatform().start(task)));
            await().until(() -> quota.waiting().getOrDefault(priority, 0) == 1);
        }
        assertThat(quota.waiting()).hasSize(4);
        first.give();
        waiting.forEach(CompletableFuture::join);
        assertThat(order).containsExactly(Priority.SOS, Priority.OPERATOR, Priority.REQUIRED, Priority.VISION);
        assertThat(quota.open()).isZero();
        assertThat(quota.preempted()).isZero();
    }

    @Test
    void whoWaitsTooLongGetsNoneAndOthersAreNotHeldUp() throws InterruptedException {
        StreamQuota.Place place = take(() -> Priority.OPERATOR, StreamQuotaTest::nothing, LONG);
        assertThat(take(() -> Priority.SOS, StreamQuotaTest::nothing, Duration.ofMillis(50)))
                .isNull();
        assertThat(quota.take("b", () -> Priority.VISION, StreamQuotaTest::nothing, Duration.ZERO))
                .isNotNull();
        place.give();
        assertThat(take(() -> Priority.VISION, StreamQuotaTest::nothing, Duration.ZERO))
                .isNotNull();
        assertThat(quota.open()).isEqualTo(2);
    }

    /** Rows: who has the place, who wants it, whether he gets it. */
    @ParameterizedTest
    @CsvSource({
        "VISION, OPERATOR, true",
        "VISION, REQUIRED, true",
        "VISION, SOS, true",
        "VISION, VISION, false",
        "IDLE, VISION, true",
        "IDLE, IDLE, false",
        "REQUIRED, OPERATOR, false",
        "REQUIRED, SOS, true",
        "OPERATOR, SOS, false",
        "OPERATOR, OPERATOR, false",
        "SOS, SOS, false"
    })
    void onlyTheMoreUrgentTakesThePlaceOfWhatNobodyWatches(Priority holder, Priority comer, boolean takes) {
        AtomicReference<StreamQuota.Place> held = new AtomicReference<>();
        held.set(take(() -> holder, () -> held.get().give(), LONG));
        StreamQuota.Place place = take(() -> comer, StreamQuotaTest::nothing, Duration.ofMillis(100));
        assertThat(place != null).isEqualTo(takes);
        assertThat(quota.preempted()).isEqualTo(takes ? 1 : 0);
        assertThat(quota.open()).isEqualTo(1);
    }

    @Test
    void theLeastUrgentLeavesOfSeveralTheLast() {
        StreamQuota three = new StreamQuota(3);
        List<String> left = new ArrayList<>();
        List<StreamQuota.Place> places = new ArrayList<>();
        for (String name : List.of("required", "vision-1", "vision-2")) {
            int at = places.size();
            places.add(take(
                    three,
                    () -> at == 0 ? Priority.REQUIRED : Priority.VISION,
                    () -> {
                        left.add(name);
                        places.get(at).give();
                    },
                    LONG));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(take(three, () -> Priority.SOS, StreamQuotaTest::nothing, LONG))
                    .isNotNull();
        }
        assertThat(left).containsExactly("vision-2", "vision-1", "required");
        assertThat(take(three, () -> Priority.SOS, StreamQuotaTest::nothing, Duration.ofMillis(50)))
                .isNull();
    }

    @Test
    void aPictureThatItsViewerLeavesYieldsToOneWhoHasWaitedForIt() {
        AtomicReference<Priority> holder = new AtomicReference<>(Priority.OPERATOR);
        AtomicReference<StreamQuota.Place> held = new AtomicReference<>();
        held.set(take(holder::get, () -> held.get().give(), LONG));
        var waiting =
                CompletableFuture.supplyAsync(() -> take(() -> Priority.OPERATOR, StreamQuotaTest::nothing, LONG));
        await().until(() -> quota.waiting().equals(Map.of(Priority.OPERATOR, 1)));
        assertThat(waiting).isNotDone();
        holder.set(Priority.IDLE);
        assertThat(waiting.join()).isNotNull();
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

    private StreamQuota.Place take(Supplier<Priority> wanted, Runnable leave, Duration limit) {
        return take(quota, wanted, leave, limit);
    }

    private static StreamQuota.Place take(
            StreamQuota quota, Supplier<Priority> wanted, Runnable leave, Duration limit) {
        try {
            return quota.take("a", wanted, leave, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.mqtt.Work.Arrival;
import org.farwatch.ingest.mqtt.Work.Decision;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox inbox = new Inbox(3, 100);
    private final Link link = link();

    private Link link() {
        try {
            return new Link(1, MqttSettings.of("tcp://127.0.0.1:1"), inbox, new Tally(), Clock.systemUTC());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Arrival message(int number, int bytes) {
        return new Arrival(link, number, "t" + number, new byte[bytes], 0, false);
    }

    private Work take() {
        try {
            return inbox.take(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messagesComeOutInOrderAndDecisionsFirst() {
        inbox.offer(message(1, 1));
        inbox.offer(message(2, 1));
        inbox.decide(new Decision("p1", null));

        assertThat(take()).isInstanceOf(Decision.class);
        assertThat(take()).extracting("number").isEqualTo(1L);
        assertThat(take()).extracting("number").isEqualTo(2L);
        assertThat(take()).isNull();
    }

    @Test
    void whenFullQoS0IsTurnedAwayAndQoS1WaitsUntilAMessageIsDoneWith() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(inbox.offer(message(i, 1))).isTrue();
        }
        assertThat(inbox.offer(new Arrival(link, -1, "t", new byte[1], 0, false)))
                .isFalse();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> inbox.offer(message(3, 1)));

        Arrival taken = (Arrival) take();
        assertThat(inbox.messages()).isEqualTo(3);
        assertThat(waiting).isNotDone();
        inbox.free(taken);

        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(inbox.messages()).isEqualTo(3);
    }

    @Test
    void bytesAreBoundedButOneMessageAlwaysFits() {
        assertThat(inbox.offer(message(1, 500))).isTrue();
        assertThat(inbox.offer(new Arrival(link, -1, "t", new byte[1], 0, false)))
                .isFalse();
        inbox.free((Arrival) take());
        assertThat(inbox.offer(message(2, 60))).isTrue();
        assertThat(inbox.offer(message(3, 40))).isTrue();
        assertThat(inbox.offer(new Arrival(link, -1, "t", new byte[1], 0, false)))
                .isFalse();
    }

    @Test
    void theEndOfALinkTakesItsMessagesWithItAndLetsGoOfWhoWaits() throws Exception {
        for (int i = 0; i < 3; i++) {
            inbox.offer(message(i, 1));
        }
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> inbox.offer(message(3, 1)));

        link.close();

        assertThat(waiting.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(inbox.messages()).isZero();
        assertThat(take()).isNull();
    }

    @Test
    void whilePausedNothingComesOut() {
        inbox.offer(message(1, 1));
        assertThat(inbox.pause()).isTrue();
        assertThat(inbox.pause()).isFalse();
        assertThat(take()).isNull();

        inbox.resume();
        assertThat(take()).isNotNull();
    }
}

package org.farwatch.api.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.talk.TalkHouse.Speaker;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** 音柱: a channel of a device that is spoken to and sends nothing (GB/T 28181, annex D, type 137). */
class LoudspeakerChannelTest {
    private static final Duration PATIENCE = TalkHouse.PATIENCE;

    private static RunningService service;
    private static TalkHouse house;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                Map.of("farwatch.gb28181.password", TalkHouse.PASSWORD, "farwatch.gb28181.speak-timeout", "15s"));
        house = new TalkHouse(service);
    }

    @AfterAll
    static void stop() {
        house.close();
        service.close();
    }

    @Test
    void aLoudspeakerThatStandsByItselfIsCalledAndIsNoCamera() throws IOException {
        Speaker pole = house.speaker(Loudspeaker.PROPER, 137);
        Person operator = new People(service).with(Role.OPERATOR);
        TalkPeer peer = house.peer(operator, "/shouts/live?purpose=dispatch&streams=" + pole.stream());
        await().atMost(PATIENCE).until(() -> peer.told(pole.stream(), "open") != null);
        byte[] said = Sounds.pieces(15);
        peer.say(said);
        peer.hangUp();
        await().atMost(PATIENCE).until(() -> pole.device().heard().bytes() >= said.length);
        assertThat(house.ended(pole.stream()).path("outcome").asString()).isEqualTo("done");

        assertThat(ids("/api/v1/streams")).doesNotContain(pole.stream());
        assertThat(ids("/api/v1/streams?kind=loudspeaker")).contains(pole.stream());
        assertThat(ids("/api/v1/streams?kind=all")).contains(pole.stream());
        assertThat(service.get("/api/v1/streams?kind=pole").status()).isEqualTo(400);
        assertThat(ids("/api/v1/cameras/health", "streamId")).doesNotContain(pole.stream());
        String path = "/api/v1/streams/" + pole.stream();
        JsonNode shown = service.get(path).body();
        assertThat(shown.path("loudspeaker").asBoolean()).isTrue();
        assertThat(shown.path("state").asString()).isEqualTo("idle");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("version", 1, "record", true), Map.of("version", 1, "fetch", "always"))) {
            RunningService.Answer refused = service.call("PATCH", path, wrong);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("detail").asString()).contains("loudspeaker");
        }
        assertThatThrownBy(() -> house.peer(operator, "/streams/" + pole.stream() + "/live?purpose=dispatch"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(service.call("PATCH", path, Map.of("version", 1, "name", "步行街音柱"))
                        .status())
                .isEqualTo(200);
    }

    private static List<String> ids(String path) {
        return ids(path, "id");
    }

    private static List<String> ids(String path, String member) {
        return service.get(path)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path(member).asString())
                .toList();
    }
}

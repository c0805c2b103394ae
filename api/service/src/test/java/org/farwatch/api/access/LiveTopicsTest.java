package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.farwatch.api.RunningService;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.Topic;
import org.junit.jupiter.api.Test;

/** Every live topic, asked for by every role over a real connection, and who may have a connection for how long. */
class LiveTopicsTest {
    /** The decision; a topic that is not in it fails the test. */
    private static final Map<String, Set<Role>> MATRIX = Map.of(
            "positions", Set.of(Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER),
            "alerts", Set.of(Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER),
            "devices", Set.of(Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR),
            "posts", Set.of(Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER));

    private static final int POLICY_VIOLATION = 1008;

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final LiveHub hub = service.bean(LiveHub.class);

    @Test
    void everyTopicIsOpenToTheRolesOfItsDecisionAndToNobodyElse() {
        assertThat(Topic.values()).extracting(Topic::label).containsExactlyInAnyOrderElementsOf(MATRIX.keySet());
        String squad = people.squad();
        for (Role role : Role.values()) {
            People.Person person = people.with(Set.of(role), role.ofBureau() ? Set.of() : Set.of(squad));
            for (Topic topic : Topic.values()) {
                try (LivePeer peer = LivePeer.of(service, person)) {
                    boolean open = MATRIX.get(topic.label()).contains(role);
                    assertThat(receives(peer, topic, Long.parseLong(squad)))
                            .as(role.label() + " on " + topic.label())
                            .isEqualTo(open);
                    assertThat(peer.messages().stream()
                                    .anyMatch(message -> message.path("detail")
                                            .asString("")
                                            .contains(topic.label() + " is not open")))
                            .isEqualTo(!open);
                }
            }
        }
    }

    @Test
    void aSubscriptionThatCannotBeReadIsAnsweredWithoutOurClassNames() {
        try (LivePeer peer = LivePeer.of(service, people.with(Role.OPERATOR))) {
            peer.send("{\"subscribe\": [\"everything\"]}");
            String unknown = peer.awaitMessage(
                            message -> message.path("topic").asString().equals("error"))
                    .path("detail")
                    .asString();
            peer.send("{\"subscribe\": 7}");
            String number = peer.awaitMessage(
                            message -> message.path("detail").asString("").contains("list"))
                    .path("detail")
                    .asString();

            assertThat(unknown).contains("subscribe[0] must be one of", "everything");
            assertThat(unknown + number).doesNotContain("farwatch.", "java.");
        }
    }

    @Test
    void nobodyAndThePagesOfOtherSitesGetNoConnection() {
        assertThat(refusal(Map.of())).isEqualTo(401);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(people.with(Role.OPERATOR))) {
            assertThat(refusal(Map.of("Cookie", session.cookieHeader(), "Origin", "https://elsewhere.example")))
                    .isEqualTo(403);
        }
    }

    @Test
    void aConnectionEndsWithItsSession() {
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(people.with(Role.OPERATOR));
                LivePeer peer = LivePeer.open(service, Map.of("Cookie", session.cookieHeader()))) {
            assertThat(receives(peer, Topic.ALERTS, 0)).isTrue();

            assertThat(session.call("DELETE", "/api/v1/session", null).status()).isEqualTo(200);

            assertThat(peer.awaitClose()).isEqualTo(POLICY_VIOLATION);
        }
    }

    @Test
    void connectionsOfAUserEndWhenHeIsDisabled() {
        People.Person person = people.with(Role.OPERATOR);
        try (LivePeer his = LivePeer.of(service, person);
                LivePeer other = LivePeer.of(service, people.with(Role.OPERATOR))) {
            assertThat(receives(his, Topic.ALERTS, 0)).isTrue();
            assertThat(receives(other, Topic.ALERTS, 0)).isTrue();

            assertThat(service.call("PATCH", "/api/v1/users/" + person.id(), Map.of("version", 1, "disabled", true))
                            .status())
                    .isEqualTo(200);

            assertThat(his.awaitClose()).isEqualTo(POLICY_VIOLATION);
            assertThat(other.open()).isTrue();
        }
    }

    @Test
    void aConnectionEndsWithItsToken() {
        People.Person person = people.with(Role.OPERATOR);
        RunningService.Answer made = people.call(
                person,
                "POST",
                "/api/v1/tokens",
                Map.of("name", "live", "expires", Instant.now().plusSeconds(3600)));
        String bearer = "Bearer " + made.body().path("token").asString();
        try (LivePeer peer = LivePeer.open(service, Map.of("Authorization", bearer))) {
            assertThat(receives(peer, Topic.ALERTS, 0)).isTrue();

            String id = made.body().path("id").asString();
            assertThat(people.call(person, "DELETE", "/api/v1/tokens/" + id, null)
                            .status())
                    .isEqualTo(204);

            assertThat(peer.awaitClose()).isEqualTo(POLICY_VIOLATION);
            assertThat(refusal(Map.of("Authorization", bearer))).isEqualTo(401);
        }
    }

    @Test
    void aSubscriptionToPositionsIsInTheViewLogOnceWithItsPurposeAndAddress() {
        People.Person program = people.with(Role.OPERATOR);
        People.Person watcher = people.with(Role.OPERATOR);
        People.Person browser = people.with(Role.INSPECTOR);
        try (LivePeer peer = LivePeer.of(service, program)) {
            peer.send(Map.of("subscribe", List.of("alerts", "posts")));
            awaitDone(peer);
            assertThat(looks(program)).isEmpty();
            peer.send(Map.of("subscribe", List.of("positions", "posts")));
            peer.send(Map.of("subscribe", List.of("positions"), "purpose", "again"));
            awaitDone(peer);
        }
        try (LivePeer peer = LivePeer.of(service, watcher)) {
            peer.send(Map.of(
                    "subscribe", List.of("positions"), "purpose", " 态势值守 ", "bbox", List.of(121.4, 31.2, 121.5, 31.3)));
            peer.send(Map.of("subscribe", List.of("positions"), "bbox", List.of(100, 20, 130, 40)));
            awaitDone(peer);
        }
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(browser);
                LivePeer peer = LivePeer.open(service, Map.of("Cookie", session.cookieHeader()))) {
            peer.send(Map.of("subscribe", List.of("positions"), "bbox", List.of(-180, -90, 180, 90)));
            awaitDone(peer);
        }

        assertThat(looks(program)).containsExactly("api * 127.0.0.1");
        assertThat(looks(watcher)).containsExactly("态势值守 121.4,31.2,121.5,31.3 127.0.0.1", "api * 127.0.0.1");
        assertThat(looks(browser)).containsExactly("not-given * 127.0.0.1");
    }

    @Test
    void aPurposeThatCannotBeKeptIsAnsweredAndNoPositionIsGivenOut() {
        People.Person person = people.with(Role.OPERATOR);
        try (LivePeer peer = LivePeer.of(service, person)) {
            peer.send(Map.of("subscribe", List.of("positions"), "purpose", "two\nlines"));
            awaitDone(peer);

            assertThat(peer.messages())
                    .anySatisfy(message ->
                            assertThat(message.path("detail").asString("")).startsWith("purpose must be"));
            assertThat(peer.messages())
                    .noneSatisfy(message ->
                            assertThat(message.path("topic").asString()).isEqualTo("positions"));
        }
        assertThat(looks(person)).isEmpty();
    }

    /** A message is worked on after the one before it. */
    private static void awaitDone(LivePeer peer) {
        String mark = People.unique("mark");
        peer.send("{\"" + mark + "\": 1}");
        peer.awaitMessage(message -> message.path("detail").asString("").contains(mark));
    }

    /** Purpose, subject and address of the looks at the board, oldest first. */
    private List<String> looks(People.Person person) {
        return people.jdbc()
                .sql("""
                        select purpose || ' ' || subject_id || ' ' || address from view_log
                        where kind = 'live' and username = :name order by id""")
                .param("name", person.username())
                .query(String.class)
                .list();
    }

    /** Subscribes, publishes one item, and asks nonsense: its answer comes after the item when there is one. */
    private boolean receives(LivePeer peer, Topic topic, long squadNo) {
        String mark = People.unique("mark");
        peer.send(Map.of("subscribe", List.of(topic.label())));
        awaitDone(peer);
        hub.publish(topic, List.of(LiveItem.of(squadNo, Map.of("mark", mark))));
        awaitDone(peer);
        return peer.messages().stream()
                .anyMatch(message -> message.path("topic").asString().equals(topic.label())
                        && message.path("items").toString().contains(mark));
    }

    /** The status that a connection is refused with. */
    private int refusal(Map<String, String> headers) {
        int[] status = new int[1];
        assertThatThrownBy(() -> LivePeer.open(service, headers))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(thrown -> status[0] = ((WebSocketHandshakeException) thrown.getCause())
                        .getResponse()
                        .statusCode());
        return status[0];
    }
}

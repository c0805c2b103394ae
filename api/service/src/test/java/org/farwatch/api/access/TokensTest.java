package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.Test;

/** {@code /tokens}: keys for programs. */
class TokensTest {
    private static final String PATH = "/api/v1/tokens";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final Person person = people.with(Role.OPERATOR);

    @Test
    void aTokenIsShownOnceKeptAsAHashAndOpensWhatItsUserMay() {
        Answer made = create(Instant.now().plus(Duration.ofDays(30)));

        assertThat(made.status()).isEqualTo(201);
        String token = made.body().path("token").asString();
        assertThat(token).startsWith("fw_").hasSize(46);
        Answer list = people.get(person, PATH);
        assertThat(list.body().path("items")).hasSize(1);
        assertThat(list.body().toString()).doesNotContain(token);
        assertThat(people.jdbc()
                        .sql("select count(*) from access_token where token_hash = :hash")
                        .param("hash", Login.sha256(token))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(withToken(service, token, "GET", "/api/v1/devices").statusCode())
                .isEqualTo(200);
        assertThat(withToken(service, token, "GET", "/api/v1/users").statusCode())
                .isEqualTo(403);
        assertThat(people.get(person, PATH)
                        .body()
                        .path("items")
                        .get(0)
                        .path("lastUsed")
                        .isString())
                .isTrue();
    }

    @Test
    void aTokenEndsWhenItIsDeletedWhenItsTimeIsOverAndWhenThePasswordIsReset() {
        Answer deleted = create(Instant.now().plusSeconds(600));
        Answer outdated = create(Instant.now().plusSeconds(600));
        Answer reset = create(Instant.now().plusSeconds(600));

        String id = deleted.body().path("id").asString();
        assertThat(people.call(person, "DELETE", PATH + "/" + id, null).status())
                .isEqualTo(204);
        assertThat(status(deleted)).isEqualTo(401);

        assertThat(status(outdated)).isEqualTo(200);
        people.jdbc()
                .sql("update access_token set expires_at = now() where id = :id")
                .param("id", Long.valueOf(outdated.body().path("id").asString()))
                .update();
        assertThat(status(outdated)).isEqualTo(401);

        assertThat(status(reset)).isEqualTo(200);
        service.call("POST", "/api/v1/users/" + person.id() + "/password", Map.of("password", "told-by-telephone"));
        assertThat(status(reset)).isEqualTo(401);
    }

    @Test
    void aTokenLastsAYearAtMostAndHasAName() {
        assertThat(create(Instant.now().plus(Duration.ofDays(367)))
                        .body()
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asString())
                .isEqualTo("expires");
        assertThat(create(Instant.now().minusSeconds(1)).status()).isEqualTo(400);
        assertThat(people.call(
                                person,
                                "POST",
                                PATH,
                                Map.of("name", "", "expires", Instant.now().plusSeconds(60)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTokenMakesNoTokens() {
        String token =
                create(Instant.now().plusSeconds(600)).body().path("token").asString();

        assertThat(withToken(service, token, "POST", PATH).statusCode()).isEqualTo(403);
    }

    @Test
    void anothersTokenIsNotThere() {
        String id = create(Instant.now().plusSeconds(600)).body().path("id").asString();
        Person other = people.with(Role.ADMINISTRATOR);

        assertThat(people.get(other, PATH).body().path("items")).isEmpty();
        assertThat(people.call(other, "DELETE", PATH + "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void noMoreThanFiftyTokensAtATime() {
        people.jdbc().sql("""
                        insert into access_token (user_id, name, token_hash, expires_at)
                        select :user, 'n' || n, sha256((:user || '-' || n)::bytea), now() + interval '1 day'
                        from generate_series(1, 50) as n""").param("user", person.number()).update();

        assertThat(create(Instant.now().plusSeconds(600)).status()).isEqualTo(409);
    }

    private Answer create(Instant expires) {
        return people.call(person, "POST", PATH, Map.of("name", "报表程序", "expires", expires));
    }

    private int status(Answer made) {
        return withToken(service, made.body().path("token").asString(), "GET", "/api/v1/squads")
                .statusCode();
    }

    /** A call with a bearer token; a POST makes a token of the name "again". */
    static HttpResponse<String> withToken(RunningService service, String token, String method, String path) {
        String body = "{\"name\": \"again\", \"expires\": \"" + Instant.now().plusSeconds(60) + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

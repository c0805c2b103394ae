package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.farwatch.api.RunningService;
import org.farwatch.api.RunningService.Answer;
import org.farwatch.api.access.People.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guessing passwords, with the limits that a bureau runs with: five wrong ones lock an account, so many from one address
 * make it wait. Each test guesses from an invented address of its own.
 */
class LoginTest {
    /** How often something is done of which the median time is taken. */
    private static final int TIMES = 9;

    private static final int PER_MINUTE = 20;
    private static final int LOCK_AFTER = 5;
    private static RunningService service;
    private static final String WRONG = "not-this-one-either";

    private final People people = new People(service);
    private final Login login = service.bean(Login.class);
    private final String address = People.unique("test-address");

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of("farwatch.access.attempts-per-minute", PER_MINUTE));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void fiveWrongPasswordsLockTheAccountInTheDatabaseAlsoForTheRightOne() {
        Person person = people.with(Role.OPERATOR);
        lock(person.username());

        assertThat(login.withPassword(person.username(), People.PASSWORD, "elsewhere"))
                .isInstanceOfSatisfying(
                        Login.Outcome.Wait.class,
                        wait -> assertThat(wait.retryAfter())
                                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
        assertThat(people.jdbc()
                        .sql("select locked_until > now() from app_user where id = :id")
                        .param("id", person.number())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        try (ConsoleSession session = new ConsoleSession(service)) {
            Answer answer = session.login(person.username(), People.PASSWORD);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body().path("retryAfterSeconds").intValue()).isBetween(800, 900);
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void aLockHoldsForBasicAlsoWhereThePasswordWasVerifiedAMomentAgo() {
        Person person = people.with(Role.OPERATOR);
        assertThat(people.get(person, "/api/v1/squads").status()).isEqualTo(200);

        lock(person.username());

        assertThat(people.get(person, "/api/v1/squads").status()).isEqualTo(429);
    }

    @Test
    void aLockedAccountsTokensAndSessionsGoOnSoThatGuessersStopNobodysWork() {
        Person person = people.with(Role.OPERATOR);
        String token = people.token(person);
        try (ConsoleSession session = new ConsoleSession(service).loggedIn(person)) {
            lock(person.username());

            assertThat(session.get("/api/v1/squads").status()).isEqualTo(200);
            assertThat(TokensTest.withToken(service, token, "GET", "/api/v1/squads")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anAdministratorUnlocks() {
        Person person = people.with(Role.OPERATOR);
        lock(person.username());
        Answer listed = service.get("/api/v1/users?limit=1000");
        assertThat(listed.body().path("items")).anySatisfy(user -> {
            assertThat(user.path("username").asString()).isEqualTo(person.username());
            assertThat(user.path("lockedUntil").isString()).isTrue();
        });

        assertThat(service.call("POST", "/api/v1/users/" + person.id() + "/unlock", null)
                        .status())
                .isEqualTo(204);

        assertThat(login.withPassword(person.username(), People.PASSWORD, address))
                .isInstanceOf(Login.Outcome.Welcome.class);
    }

    @Test
    void afterALockRunsOutOneWrongPasswordDoesNotLockAgain() {
        Person person = people.with(Role.OPERATOR);
        lock(person.username());
        people.jdbc().sql("""
                        update app_user set locked_until = now() - interval '1 second',
                            last_failed_at = now() - interval '15 minutes 1 second' where id = :id""").param("id", person.number()).update();

        assertThat(login.withPassword(person.username(), WRONG, address)).isInstanceOf(Login.Outcome.Refused.class);
        assertThat(login.withPassword(person.username(), People.PASSWORD, address))
                .isInstanceOf(Login.Outcome.Welcome.class);
    }

    @Test
    void aNameThatNobodyHasAndADisabledOneAreAnsweredAndLockedLikeAnyOther() {
        Person person = people.with(Role.OPERATOR);
        Person disabled = people.with(Role.OPERATOR);
        assertThat(service.call("PATCH", "/api/v1/users/" + disabled.id(), Map.of("version", 1, "disabled", true))
                        .status())
                .isEqualTo(200);

        List<Class<?>> existing = outcomes(person.username(), WRONG);
        List<Class<?>> unknown = outcomes(People.unique("nobody"), WRONG);
        List<Class<?>> off = outcomes(disabled.username(), People.PASSWORD);

        assertThat(existing).endsWith(Login.Outcome.Refused.class, Login.Outcome.Wait.class);
        assertThat(unknown).isEqualTo(existing);
        assertThat(off).isEqualTo(existing);
    }

    @Test
    @Tag("alone")
    void aNameThatNobodyHasTakesAsLongAsOneThatSomebodyHas() {
        // Argon2 takes tens of milliseconds, all else below one: half of the median tells them apart by far.
        Iterator<Person> persons = Stream.generate(() -> people.with(Role.OPERATOR))
                .limit(TIMES)
                .toList()
                .iterator();
        double known =
                medianMillis(() -> login.withPassword(persons.next().username(), WRONG, People.unique("test-address")));
        double unknown =
                medianMillis(() -> login.withPassword(People.unique("nobody"), WRONG, People.unique("test-address")));
        double noName = medianMillis(
                () -> login.withPassword("no name \0 at all " + System.nanoTime(), WRONG, People.unique("a")));

        assertThat(unknown).isGreaterThan(known / 2);
        assertThat(noName).isGreaterThan(known / 2);
    }

    @Test
    void aCrowdOfTriesAtTheSameTimeTriesNoMorePasswordsThanOneAfterTheOther() throws Exception {
        Person person = people.with(Role.OPERATOR);
        Callable<Login.Outcome> attempt =
                () -> login.withPassword(person.username(), WRONG, People.unique("test-address"));

        List<Login.Outcome> outcomes = together(20, attempt);

        assertThat(outcomes).filteredOn(Login.Outcome.Refused.class::isInstance).hasSize(LOCK_AFTER);
        assertThat(outcomes).filteredOn(Login.Outcome.Wait.class::isInstance).hasSize(20 - LOCK_AFTER);
    }

    @Test
    void aProgramThatBeginsWithManyCallsAtOnceIsNotTakenForAGuesser() throws Exception {
        Person person = people.with(Role.OPERATOR);

        List<Login.Outcome> outcomes =
                together(2 * PER_MINUTE, () -> login.withBasic(person.username(), People.PASSWORD, address));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Login.Outcome.Welcome.class));
    }

    @Test
    void anAddressWaitsAfterItsWrongTriesAndARightOneInBetweenDoesNotStartTheCountAnew() {
        Person person = people.with(Role.OPERATOR);
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(login.withPassword(People.unique("nobody"), WRONG, address))
                    .isInstanceOf(Login.Outcome.Refused.class);
            if (i == PER_MINUTE / 2) {
                assertThat(login.withPassword(person.username(), People.PASSWORD, address))
                        .isInstanceOf(Login.Outcome.Welcome.class);
            }
        }

        assertThat(login.withPassword(person.username(), People.PASSWORD, address))
                .isInstanceOf(Login.Outcome.Wait.class);
        assertThat(login.withPassword(person.username(), People.PASSWORD, "elsewhere"))
                .isInstanceOf(Login.Outcome.Welcome.class);
    }

    @Test
    void guessesAtTokensWaitTooAndATokenThatWasRightAMomentAgoGoesOn() throws Exception {
        Person person = people.with(Role.OPERATOR);
        String token = people.token(person);
        assertThat(login.withToken(token, address)).isInstanceOf(Login.Outcome.Welcome.class);
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(login.withToken("fw_" + i, address)).isInstanceOf(Login.Outcome.Refused.class);
        }

        assertThat(login.withToken("fw_more", address)).isInstanceOf(Login.Outcome.Wait.class);
        assertThat(login.withToken(token, address)).isInstanceOf(Login.Outcome.Welcome.class);
        assertThat(login.withPassword(person.username(), People.PASSWORD, address))
                .isInstanceOf(Login.Outcome.Welcome.class);
    }

    @Test
    void anInventedForwardingHeaderChangesNothing() throws Exception {
        int last = 0;
        for (int i = 0; i <= PER_MINUTE; i++) {
            last = basic(People.unique("nobody"), "10.1.2." + i).statusCode();
        }

        assertThat(last).isEqualTo(429);
        assertThat(people.jdbc()
                        .sql(
                                "select count(*) from audit_log where action = 'login-refused' and address like '10.1.2.%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void failedLoginsAndTheLockAreLoggedAndWhatCannotBeANameIsNot() {
        Person person = people.with(Role.OPERATOR);
        lock(person.username());
        login.withPassword("My secret password!", WRONG, address);

        assertThat(people.jdbc()
                        .sql("select action from audit_log where username = :name order by id")
                        .param("name", person.username())
                        .query(String.class)
                        .list())
                .containsExactly("login-refused", "login-refused", "login-refused", "login-refused", "login-locked");
        assertThat(people.jdbc()
                        .sql("select username from audit_log where address = :address order by id desc limit 1")
                        .param("address", address)
                        .query(String.class)
                        .single())
                .doesNotContain("secret");
    }

    @Test
    void theLastAdministratorStaysOne() {
        String id = people.jdbc()
                .sql("select id::text from app_user where username = 'admin'")
                .query(String.class)
                .single();
        assertThat(people.jdbc()
                        .sql("select count(*) from app_user where 'administrator' = any(roles) and not disabled")
                        .query(Long.class)
                        .single())
                .as("other tests of this class leave no administrator but the first")
                .isEqualTo(1);

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("version", 1, "disabled", true), Map.of("version", 1, "roles", Set.of("operator")))) {
            Answer answer = service.call("PATCH", "/api/v1/users/" + id, change);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().path("title").asString()).isEqualTo("last administrator");
        }
    }

    @Test
    void twoAdministratorsCannotTakeTheRoleFromEachOtherAtTheSameTime() throws Exception {
        String admin = people.jdbc()
                .sql("select id::text from app_user where username = 'admin'")
                .query(String.class)
                .single();
        Person second = people.with(Role.ADMINISTRATOR);
        assertThat(people.get(second, "/api/v1/users").status()).isEqualTo(200);
        assertThat(service.get("/api/v1/users").status()).isEqualTo(200);
        try {
            List<Callable<Answer>> both = List.of(
                    () -> service.call("PATCH", "/api/v1/users/" + second.id(), Map.of("version", 1, "disabled", true)),
                    () -> people.call(
                            second, "PATCH", "/api/v1/users/" + admin, Map.of("version", 1, "disabled", true)));
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                List<Integer> answers = new ArrayList<>();
                for (Future<Answer> answer : pool.invokeAll(both)) {
                    answers.add(answer.get().status());
                }
                assertThat(answers).containsOnlyOnce(200);
            }
            assertThat(people.jdbc()
                            .sql("select count(*) from app_user where 'administrator' = any(roles) and not disabled")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        } finally {
            people.jdbc()
                    .sql(
                            "update app_user set disabled = username <> 'admin', version = 1 where 'administrator' = any(roles)")
                    .update();
        }
    }

    private void lock(String username) {
        for (int i = 0; i < LOCK_AFTER; i++) {
            assertThat(login.withPassword(username, WRONG, address)).isInstanceOf(Login.Outcome.Refused.class);
        }
    }

    /** What seven tries in a row come to. */
    private List<Class<?>> outcomes(String username, String password) {
        String from = People.unique("test-address");
        Class<?>[] outcomes = new Class<?>[LOCK_AFTER + 1];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = login.withPassword(username, password, from).getClass();
        }
        return List.of(outcomes);
    }

    private static double medianMillis(Callable<Login.Outcome> attempt) {
        double[] millis = new double[TIMES];
        try {
            for (int i = 0; i < millis.length; i++) {
                long start = System.nanoTime();
                assertThat(attempt.call()).isInstanceOf(Login.Outcome.Refused.class);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private static List<Login.Outcome> together(int times, Callable<Login.Outcome> attempt) throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Login.Outcome> outcomes = new ArrayList<>();
            List<Future<Login.Outcome>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(pool.submit(attempt));
            }
            for (Future<Login.Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    private static HttpResponse<String> basic(String username, String forwardedFor)
            throws IOException, InterruptedException {
        // From another loopback address, so that 127.0.0.1 keeps its tries for the other tests.
        try (HttpClient http = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral("127.0.0.9"))
                .build()) {
            String pair = username + ":" + WRONG;
            return http.send(
                    HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/squads"))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                            .header("X-Forwarded-For", forwardedFor)
                            .header("Forwarded", "for=" + forwardedFor)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}

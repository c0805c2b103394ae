package org.farwatch.api.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.farwatch.api.RunningService;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the users, squads and officers that tests need, each with a name of its own. */
public final class People {
    public static final String PASSWORD = "a-password-of-tests";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static String hash;

    private final RunningService service;

    public People(RunningService service) {
        this.service = service;
    }

    /** Somebody who may log in with {@link #PASSWORD}. */
    public record Person(String id, String username) {
        long number() {
            return Long.parseLong(id);
        }
    }

    /** A name that no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-" + NUMBER.incrementAndGet();
    }

    public Person with(Role... roles) {
        return with(Set.of(roles), Set.of());
    }

    public Person with(Set<Role> roles, Set<String> squads) {
        String username =
                unique(roles.stream().map(Role::label).sorted().findFirst().orElse("nobody"));
        long id = service.bean(UserStore.class).create(username, "试 " + username, hash(service), roles);
        service.bean(Users.class)
                .setSquads(id, squads.stream().map(Long::valueOf).collect(Collectors.toSet()));
        return new Person(Long.toString(id), username);
    }

    /** Makes the user the officer of the register. */
    public void link(Person person, String officerId) {
        jdbc().sql("update app_user set officer_id = :officer where id = :id")
                .param("officer", Long.valueOf(officerId))
                .param("id", person.number())
                .update();
    }

    /** @return the squad's id */
    public String squad() {
        return jdbc().sql("insert into squad (name) values (:name) returning id::text")
                .param("name", unique("squad"))
                .query(String.class)
                .single();
    }

    /** @return the officer's id */
    public String officer(String squadId) {
        return jdbc().sql(
                        "insert into officer (name, number, squad_id) values (:name, :name, :squad) returning id::text")
                .param("name", unique("officer"))
                .param("squad", Long.valueOf(squadId))
                .query(String.class)
                .single();
    }

    /** @return a bearer token of the person's own, good for ten minutes */
    public String token(Person person) {
        return call(
                        person,
                        "POST",
                        "/api/v1/tokens",
                        Map.of("name", "t", "expires", Instant.now().plusSeconds(600)))
                .body()
                .path("token")
                .asString();
    }

    public RunningService.Answer call(Person person, String method, String path, Object body) {
        return service.callAs(person.username(), PASSWORD, method, path, body);
    }

    public RunningService.Answer get(Person person, String path) {
        return call(person, "GET", path, null);
    }

    JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }

    /** Argon2 is slow on purpose; one hash serves all. */
    private static synchronized String hash(RunningService service) {
        if (hash == null) {
            hash = service.bean(Login.class).encode(PASSWORD);
        }
        return hash;
    }
}

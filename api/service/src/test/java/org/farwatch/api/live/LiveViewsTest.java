package org.farwatch.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at the live board by those who poll. */
class LiveViewsTest {
    private static final double[] AREA = {121.4, 31.2, 121.5, 31.3};
    private static final double[] ELSEWHERE = {121.6, 31.2, 121.7, 31.3};

    private final RunningService service = RunningService.shared();
    private final People people = new People(service);
    private final AtomicLong nanos = new AtomicLong();
    private final LiveViews views = new LiveViews(service.bean(ViewLog.class), nanos::get);
    private final String username = People.unique("poller");
    private final Caller caller = new Caller(1, username, username, Set.of(Role.OPERATOR), 0, Set.of(), false, 1, null);

    @Test
    void aProgramThatPollsIsLoggedOnceInTenMinutesHoweverOftenItAsks() {
        long half = LiveViews.AGAIN_AFTER.dividedBy(2).toNanos();
        views.polled(caller, AREA);
        views.polled(caller, AREA);
        nanos.addAndGet(half);
        views.polled(caller, AREA);
        assertThat(subjects(username)).hasSize(1);

        nanos.addAndGet(half);
        views.polled(caller, AREA);
        views.polled(caller, AREA);

        assertThat(subjects(username)).containsExactly("121.4,31.2,121.5,31.3", "121.4,31.2,121.5,31.3");
    }

    @Test
    void whoMovesTheAreaIsLoggedOnceMoreForTheWholeBoard() {
        views.polled(caller, AREA);
        views.polled(caller, ELSEWHERE);
        views.polled(caller, null);
        views.polled(caller, AREA);

        assertThat(subjects(username)).containsExactly("121.4,31.2,121.5,31.3", "*");
    }

    @Test
    void theRouteLogsEachCallerWithWhereHeCameFrom() {
        People.Person person = people.with(Role.OPERATOR);
        People.Person colleague = people.with(Role.OPERATOR);
        for (int i = 0; i < 3; i++) {
            assertThat(people.get(person, "/api/v1/positions/latest").status()).isEqualTo(200);
        }
        people.get(colleague, "/api/v1/positions/latest?bbox=121,31,122,32");

        assertThat(subjects(person.username())).containsExactly("*");
        assertThat(subjects(colleague.username())).containsExactly("121.0,31.0,122.0,32.0");
        assertThat(jdbc().sql("select purpose || ' ' || kind || ' ' || address from view_log where username = :name")
                        .param("name", person.username())
                        .query(String.class)
                        .single())
                .isEqualTo("api live 127.0.0.1");
    }

    /** Of the user's looks, oldest first. */
    private List<String> subjects(String user) {
        return jdbc().sql("select subject_id from view_log where username = :name order by id")
                .param("name", user)
                .query(String.class)
                .list();
    }

    private JdbcClient jdbc() {
        return service.bean(JdbcClient.class);
    }
}

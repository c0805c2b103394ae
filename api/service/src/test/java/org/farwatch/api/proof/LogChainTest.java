package org.farwatch.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The chains of the logs in a real database, written by many at once, and tampered with by who owns it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogChainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RunningService service;
    private static JdbcClient jdbc;
    private static LogChain chain;
    private static LogCheck check;
    private static AuditLog audit;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of());
        jdbc = service.bean(JdbcClient.class);
        chain = service.bean(LogChain.class);
        check = service.bean(LogCheck.class);
        audit = service.bean(AuditLog.class);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Order(1)
    void entriesOfManyTransactionsAtOnceGetEachOnePlaceWithoutAGap() throws Exception {
        TransactionTemplate transaction = service.bean(TransactionTemplate.class);
        int writers = 8;
        int each = 50;
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                int writer = i;
                done.add(threads.submit(() -> {
                    for (int j = 0; j < each; j++) {
                        int number = j;
                        transaction.executeWithoutResult(status -> {
                            write("w" + writer, Integer.toString(number));
                            if (number % 5 == 0) {
                                status.setRollbackOnly();
                            }
                        });
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        LogCheck.Result result = check.check(Log.AUDIT);

        assertThat(result.fault()).isNull();
        assertThat(result.entries()).isEqualTo(count("select count(*) from audit_log"));
        assertThat(result.sequence()).isEqualTo(count("select count(*) from log_link where log = 'audit'"));
        assertThat(count("select count(*) from audit_log where username like 'w_'"))
                .isEqualTo(4L * writers * each / 5);
        assertThat(check.check(Log.VIEW).fault()).isNull();
    }

    @Test
    @Order(2)
    void anEntryIsChainedSoonAndByItself() {
        write("soon", "1");
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) from log_link l join audit_log a on a.id = l.entry"
                                + " where l.log = 'audit' and a.username = 'soon'")
                        == 1);
    }

    @Test
    @Order(3)
    void whoMaySeesThatTheyAreIntactAndTakesThemOut() throws IOException {
        People people = new People(service);
        Person reviewer = people.with(Role.LEGAL_REVIEWER);
        Person auditor = people.with(Role.SECURITY_AUDITOR);
        assertThat(people.call(reviewer, "POST", "/api/v1/log-chains/check", null)
                        .status())
                .isEqualTo(200);

        JsonNode items = people.get(reviewer, "/api/v1/log-chains").body().path("items");
        assertThat(items).hasSize(2).allSatisfy(item -> {
            assertThat(item.path("checked").path("fault").isNull()
                            || item.path("checked").path("fault").isMissingNode())
                    .isTrue();
            assertThat(item.path("head").path("chain").asString()).hasSize(64);
        });
        assertThat(people.get(auditor, "/api/v1/log-chains/none/document").status())
                .isEqualTo(404);
        String document = document(Log.AUDIT);
        assertThat(verify(document)).isEqualTo(LogDocument.Found.INTACT);
        assertThat(verify(document.replaceFirst("\n2 ", "\n3 "))).isEqualTo(LogDocument.Found.NOT_INTACT);
        String[] lines = document.split("\n", -1);
        String[] parts = lines[3].split(" ", -1);
        String other = lines[4].split(" ", -1)[3];
        assertThat(verify(document.replace(parts[3], other))).isEqualTo(LogDocument.Found.NOT_INTACT);
        assertThat(verify(document.replace(lines[3] + "\n", ""))).isEqualTo(LogDocument.Found.NOT_INTACT);
    }

    @Test
    @Order(4)
    void anAlteredADeletedAndAnInsertedEntryAreNamed() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("kept", Integer.toString(i));
        }
        chain.append();
        long entry = count("select max(id) - 2 from audit_log where username = 'kept'");
        long sequence = count("select sequence from log_link where log = 'audit' and entry = " + entry);

        past("update audit_log set subject_id = 'other' where id = " + entry);
        assertThat(check.check(Log.AUDIT).fault()).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo("altered");
            assertThat(fault.entry()).isEqualTo(entry);
            assertThat(fault.sequence()).isEqualTo(sequence);
        });
        past("update audit_log set subject_id = '2' where id = " + entry);
        assertThat(check.check(Log.AUDIT).fault()).isNull();

        past("insert into audit_log (username, action, subject) values ('nobody', 'change', 'thing')");
        assertThat(check.check(Log.AUDIT).fault().kind()).isEqualTo("added");
        past("delete from audit_log where username = 'nobody'");

        past("delete from audit_log where id = " + entry);
        assertThat(check.check(Log.AUDIT).fault()).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo("missing");
            assertThat(fault.entry()).isEqualTo(entry);
        });
        past("delete from log_link where log = 'audit' and entry = " + entry);
        assertThat(check.check(Log.AUDIT).fault()).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo("missing");
            assertThat(fault.sequence()).isEqualTo(sequence);
        });
    }

    @Test
    @Order(5)
    void whatIsDeletedByAgeIsNamedAndTheChainStaysWhole() throws IOException {
        String device = People.unique("device");
        for (int i = 0; i < 3; i++) {
            past("insert into view_log (at, username, purpose, kind, subject_id)"
                    + " values (now() - interval '400 days', 'old', 'api', 'track', '" + device + "')");
        }
        past("insert into log_waiting select 'view', id from view_log where username = 'old'");
        jdbc.sql("insert into view_log (username, purpose, kind, subject_id) values ('new', 'api', 'track', :id)")
                .param("id", device)
                .update();
        chain.append();
        assertThatThrownBy(() ->
                        jdbc.sql("delete from view_log where username = 'old'").update())
                .hasMessageContaining("only takes new rows");
        long all = count("select count(*) from view_log");

        service.bean(LogRetention.class).delete(Instant.now().minus(Duration.ofDays(365)), "365 d");

        long first =
                count("select min(sequence) from log_link l join view_log v on v.id = l.entry where l.log = 'view'");
        LogCheck.Result result = check.check(Log.VIEW);
        assertThat(count("select count(*) from view_log")).isEqualTo(all - (first - 1));
        assertThat(result.fault()).isNull();
        assertThat(first).isEqualTo(4);
        assertThat(result.purged()).singleElement().satisfies(purge -> {
            assertThat(purge.first()).isEqualTo(1);
            assertThat(purge.last()).isEqualTo(3);
            assertThat(purge.keep()).isEqualTo("365 d");
        });
        assertThat(count("select count(*) from audit_log where action = 'purge' and subject = 'view-log'"))
                .isEqualTo(1);
        assertThat(verify(document(Log.VIEW))).isEqualTo(LogDocument.Found.INTACT);
    }

    private static void write(String username, String subject) {
        audit.record(username, "change", "thing", subject, null, Map.of("text", "a\nb=1:\u8fdc"), null);
    }

    /** As who owns the database and switches its rules off. */
    private static void past(String sql) {
        service.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql(sql).update();
        });
    }

    private static long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static String document(Log log) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        service.bean(LogDocument.class).write(log, out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static LogDocument.Found verify(String document) throws IOException {
        return LogDocument.verify(new BufferedReader(new StringReader(document)), _ -> true, null);
    }
}

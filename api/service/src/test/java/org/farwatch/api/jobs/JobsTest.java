package org.farwatch.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class JobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RunningService SERVICE = RunningService.shared();

    private final Jobs jobs = SERVICE.bean(Jobs.class);
    private final JobTable table = SERVICE.bean(JobTable.class);
    private final People people = new People(SERVICE);
    private final Person person = people.with(Role.OPERATOR);
    private final Caller caller = caller(person);

    @Test
    void whatAJobMadeIsThereForWhoeverStartedIt() {
        Job submitted = jobs.submit("count", caller, progress -> {
            progress.report(3, 10L, "三");
            return Map.of("made", 10);
        });

        assertThat(submitted.state()).isEqualTo(JobState.QUEUED);
        Job done = awaitOver(submitted);
        assertThat(done.state()).isEqualTo(JobState.DONE);
        JsonNode shown = people.get(person, "/api/v1/jobs/" + submitted.id()).body();
        assertThat(shown.path("kind").asString()).isEqualTo("count");
        assertThat(shown.path("state").asString()).isEqualTo("done");
        assertThat(shown.path("done").intValue()).isEqualTo(3);
        assertThat(shown.path("total").intValue()).isEqualTo(10);
        assertThat(shown.path("message").asString()).isEqualTo("三");
        assertThat(shown.path("result").path("made").intValue()).isEqualTo(10);
    }

    @Test
    void progressIsWrittenAtOnceAndThenOnceASecondAtMost() {
        AtomicInteger written = new AtomicInteger();
        JobProgress progress = new JobProgress(_ -> {
            written.incrementAndGet();
            return false;
        });
        long start = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            progress.report(i, 100_000L, "row");
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

        assertThat(written.get()).isBetween(1, (int) seconds + 2);
        assertThat(progress.last().done()).isEqualTo(99_999);
    }

    @Test
    void aRunningJobShowsItsProgressAndStopsWhereItAsksAfterItWasCancelled() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        Job job = jobs.submit("endless", caller, progress -> {
            for (long row = 1; ; row++) {
                progress.report(row, null, "row");
                reported.countDown();
                Thread.onSpinWait();
            }
        });
        reported.await();
        JsonNode running = people.get(person, "/api/v1/jobs/" + job.id()).body();
        assertThat(running.path("state").asString()).isEqualTo("running");
        assertThat(running.path("done").longValue()).isPositive();
        assertThat(running.path("total").isNull()).isTrue();

        assertThat(people.call(person, "POST", "/api/v1/jobs/" + job.id() + "/cancel", null)
                        .status())
                .isEqualTo(200);

        assertThat(awaitOver(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(people.call(person, "POST", "/api/v1/jobs/" + job.id() + "/cancel", null)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("cancelled");
    }

    @Test
    void aCancelAskedInAnotherProcessIsSeenWithTheNextProgress() {
        Job job = jobs.submit("endless", caller, progress -> {
            for (long row = 1; ; row++) {
                progress.report(row, null, null);
                Thread.onSpinWait();
            }
        });
        await().atMost(PATIENCE).until(() -> find(job).state() == JobState.RUNNING);

        table.cancel(Long.parseLong(job.id()));

        assertThat(awaitOver(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aJobThatFailsSaysWhyOnlyWhereThatIsMeantToBeRead() {
        Job refused = jobs.submit("import", caller, _ -> {
            throw Refusal.field("file", "holds no polygon");
        });
        Job broken = jobs.submit("import", caller, _ -> {
            throw new IllegalStateException("password=secret of org.farwatch.Internal");
        });
        Job unwritable = jobs.submit("import", caller, _ -> new Object() {
            @SuppressWarnings("unused")
            public Object getSelf() {
                throw new IllegalStateException("cannot be written as JSON");
            }
        });

        assertThat(awaitOver(refused).state()).isEqualTo(JobState.FAILED);
        assertThat(find(refused).message()).isEqualTo("file holds no polygon");
        assertThat(awaitOver(broken).state()).isEqualTo(JobState.FAILED);
        assertThat(find(broken).message()).doesNotContain("secret", "farwatch.");
        assertThat(awaitOver(unwritable).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aJobOfATransactionStartsAfterItsCommitAndNeverWithoutOne() {
        TransactionTemplate transaction = SERVICE.bean(TransactionTemplate.class);
        AtomicBoolean ranEarly = new AtomicBoolean();
        AtomicBoolean committed = new AtomicBoolean();
        AtomicBoolean ranRolledBack = new AtomicBoolean();
        Job kept = transaction.execute(status -> {
            Job job = jobs.submit("after", caller, _ -> {
                ranEarly.set(!committed.get());
                return null;
            });
            committed.set(true);
            return job;
        });
        Job lost = transaction.execute(status -> {
            status.setRollbackOnly();
            return jobs.submit("never", caller, _ -> {
                ranRolledBack.set(true);
                return null;
            });
        });

        assertThat(awaitOver(kept).state()).isEqualTo(JobState.DONE);
        assertThat(ranEarly).isFalse();
        assertThat(table.find(Long.parseLong(lost.id()))).isEmpty();
        // Jobs are taken in order by few threads: once this one is through, the lost one would have run.
        assertThat(awaitOver(jobs.submit("last", caller, _ -> null)).state()).isEqualTo(JobState.DONE);
        assertThat(ranRolledBack).isFalse();
    }

    @Test
    void moreThanThereArePlacesForIsRefusedAndACancelledOneGivesUpItsPlaceAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Jobs small = new Jobs(table, SERVICE.bean(AuditLog.class), 1, 1)) {
            CountDownLatch started = new CountDownLatch(1);
            Job running = small.submit("slow", caller, _ -> {
                started.countDown();
                go.await();
                return null;
            });
            started.await();
            Job waiting = small.submit("slow", caller, _ -> null);

            assertThatThrownBy(() -> small.submit("slow", caller, _ -> null))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(503));
            small.cancel(Long.parseLong(waiting.id()));
            assertThat(find(waiting).state()).isEqualTo(JobState.CANCELLED);
            Job next = small.submit("slow", caller, _ -> null);

            go.countDown();
            assertThat(awaitOver(running).state()).isEqualTo(JobState.DONE);
            assertThat(awaitOver(next).state()).isEqualTo(JobState.DONE);
            assertThat(find(waiting).state()).isEqualTo(JobState.CANCELLED);
        }
    }

    @Test
    void oneUserDoesNotTakeAllPlaces() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Job> taken = new ArrayList<>();
        for (int i = 0; i < Jobs.PER_USER; i++) {
            taken.add(jobs.submit("many", caller, _ -> {
                go.await();
                return null;
            }));
        }

        assertThatThrownBy(() -> jobs.submit("many", caller, _ -> null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(429));
        Job others = jobs.submit("one", caller(people.with(Role.INSPECTOR)), _ -> null);

        go.countDown();
        taken.forEach(job -> assertThat(awaitOver(job).state()).isEqualTo(JobState.DONE));
        assertThat(awaitOver(others).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void whatADeadServiceLeftUnfinishedHasFailedAndWhatItStoppedInOrderToo() throws Exception {
        long left = table.insert("left", person.username());
        long half = table.insert("half", person.username());
        table.start(half);
        CountDownLatch started = new CountDownLatch(1);
        Job stopped;
        try (Jobs next = new Jobs(table, SERVICE.bean(AuditLog.class), 1, 10)) {
            assertThat(table.find(left).orElseThrow().state()).isEqualTo(JobState.FAILED);
            assertThat(table.find(half).orElseThrow().message()).isEqualTo(Jobs.STOPPED);
            stopped = next.submit("stopped", caller, progress -> {
                started.countDown();
                while (true) {
                    progress.check();
                    Thread.onSpinWait();
                }
            });
            started.await();
        }

        assertThat(find(stopped).state()).isEqualTo(JobState.FAILED);
        assertThat(find(stopped).message()).isEqualTo(Jobs.STOPPED);
    }

    @Test
    void othersJobsAreNotThereAndAnAdministratorMayStopThemWithoutSeeingWhatTheyAreAbout() {
        Job job = jobs.submit("secret", caller, progress -> {
            progress.report(1, 1L, "张三 的轨迹");
            return Map.of("officer", "张三");
        });
        awaitOver(job);
        Person colleague = people.with(Role.OPERATOR);
        Person administrator = people.with(Role.ADMINISTRATOR);
        Person ofOneSquad = people.with(Set.of(Role.ADMINISTRATOR), Set.of(people.squad()));
        String path = "/api/v1/jobs/" + job.id();

        assertThat(people.get(colleague, path).status()).isEqualTo(404);
        assertThat(people.get(ofOneSquad, path).status()).isEqualTo(404);
        assertThat(people.call(colleague, "POST", path + "/cancel", null).status())
                .isEqualTo(404);
        assertThat(people.get(colleague, "/api/v1/jobs").body().path("items")).isEmpty();
        assertThat(people.get(person, "/api/v1/jobs").body().path("items")).hasSize(1);
        JsonNode seen = people.get(administrator, path).body();
        assertThat(seen.path("state").asString()).isEqualTo("done");
        assertThat(seen.toString()).doesNotContain("张三");
        assertThat(people.get(administrator, "/api/v1/jobs?limit=10000").body().toString())
                .contains(job.id())
                .doesNotContain("张三");
    }

    @Test
    void jobsAreListedNewestFirstInPages() {
        for (int i = 0; i < 5; i++) {
            awaitOver(jobs.submit("n" + i, caller, _ -> null));
        }
        JsonNode first = people.get(person, "/api/v1/jobs?limit=3").body();
        JsonNode second = people.get(
                        person,
                        "/api/v1/jobs?limit=3&cursor=" + first.path("next").asString())
                .body();

        assertThat(first.path("items"))
                .extracting(job -> job.path("kind").asString())
                .containsExactly("n4", "n3", "n2");
        assertThat(second.path("items"))
                .extracting(job -> job.path("kind").asString())
                .containsExactly("n1", "n0");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void startingAndStoppingAreInTheAuditLog() {
        Job job = awaitOver(jobs.submit("logged", caller, _ -> null));

        assertThat(SERVICE.bean(JdbcClient.class)
                        .sql(
                                "select action || ' ' || username from audit_log where subject = 'job' and subject_id = :id")
                        .param("id", job.id())
                        .query(String.class)
                        .list())
                .containsExactly("start " + person.username());
    }

    @Test
    void oldJobsAreForgottenAndYoungOnesNot() {
        Job old = awaitOver(jobs.submit("old", caller, _ -> null));
        Job young = awaitOver(jobs.submit("young", caller, _ -> null));
        SERVICE.bean(JdbcClient.class)
                .sql("update job set finished_at = now() - interval '91 days' where id = :id")
                .param("id", Long.valueOf(old.id()))
                .update();

        jobs.tidy();

        assertThat(table.find(Long.parseLong(old.id()))).isEmpty();
        assertThat(find(young).state()).isEqualTo(JobState.DONE);
    }

    private Job find(Job job) {
        return table.find(Long.parseLong(job.id())).orElseThrow();
    }

    private Job awaitOver(Job job) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> find(job).state().over());
        return find(job);
    }

    private static Caller caller(Person person) {
        return new Caller(
                Long.parseLong(person.id()),
                person.username(),
                person.username(),
                Set.of(Role.OPERATOR),
                0,
                Set.of(),
                false,
                1,
                null);
    }
}

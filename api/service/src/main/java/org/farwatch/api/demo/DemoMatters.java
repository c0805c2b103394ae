package org.farwatch.api.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What the people of the demonstration do, so that each desk shows a matter on its way. They call the service over HTTP, and
 * each part is done once in the life of a home. What a visitor decides first stays his.
 */
final class DemoMatters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoMatters.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A report is made of what has been over for half a minute. */
    private static final Duration REPORTED = Duration.ofSeconds(32);

    private final Function<String, DemoUser> users;
    private final Clock clock;
    private final DemoSettings settings;
    private final Runnable moreCameras;
    private final Instant started;
    private final DemoSupervision supervision;
    private final DemoRecords records;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("demo-matters").daemon().factory());

    private final List<Future<?>> parts = new CopyOnWriteArrayList<>();

    /**
     * @param users by user name
     * @param moreCameras sets up a body camera, and a camera that does not answer
     */
    DemoMatters(Function<String, DemoUser> users, Clock clock, DemoSettings settings, Runnable moreCameras) {
        this.users = users;
        this.clock = clock;
        this.settings = settings;
        this.moreCameras = moreCameras;
        this.started = clock.instant();
        this.supervision = new DemoSupervision(users, clock);
        this.records = new DemoRecords(users, started);
    }

    void start() {
        after(Duration.ZERO, "draw", supervision::draw);
        after(Duration.ZERO, "check", supervision::check);
        after(Duration.ZERO, "findings", supervision::findings);
        after(Duration.ZERO, "gaps", records::gaps);
        after(settings.rollCallAfter(), "roll call", supervision::rollCall);
        Duration activity = settings.activity();
        Duration settled = activity.dividedBy(2);
        after(settings.decideAfter(), "cameras", () -> {
            moreCameras.run();
            Instant from = clock.instant().plus(settled);
            Duration over = settled.plus(activity).plus(REPORTED);
            after(over, "activity", () -> records.activity(from, from.plus(activity)));
        });
        parts.add(thread.scheduleWithFixedDelay(
                () -> part("alerts", this::alerts), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void after(Duration delay, String name, Runnable part) {
        parts.add(thread.schedule(() -> part(name, part), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void part(String name, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.warn("the demonstration goes on without its {}: {}", name, e.getMessage());
        }
    }

    /**
     * A lead that a visitor has left alone becomes a task, which its squad signs for; a camera that does not answer becomes a
     * device ticket. Who is off post is the visitor's to decide on. For an hour.
     */
    private void alerts() {
        Instant now = clock.instant();
        if (now.isAfter(started.plus(DemoUsers.TERM))) {
            thread.shutdown();
            return;
        }
        DemoUser operator = users.apply("operator1");
        for (JsonNode alert : operator.list("/alerts?state=new&kind=lead")) {
            if (!now.isBefore(Instant.parse(alert.path("raisedAt").asString()).plus(settings.decideAfter()))) {
                confirm(operator, alert, "task", "请到场核实并处置");
                DemoUser leader = users.apply("leader1");
                for (JsonNode task : leader.list("/tasks?state=open")) {
                    leader.act("/tasks", task, "sign", Map.of("note", "已派就近两名队员"));
                }
            }
        }
        for (JsonNode alert : operator.list("/alerts?state=new&kind=camera-health")) {
            confirm(operator, alert, "ticket", "请检查供电与网络");
        }
    }

    private static void confirm(DemoUser operator, JsonNode alert, String lane, String note) {
        operator.act("/alerts", alert, "confirm", Map.of("lane", lane, "note", note));
    }

    @Override
    public void close() {
        parts.forEach(part -> part.cancel(true));
        thread.shutdownNow();
    }
}

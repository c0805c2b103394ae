package org.farwatch.api.proof;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.DayRootFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends each day root to the targets that an administrator allowed, again with growing pauses until it is there or the
 * tries are used up, and raises an alert for one that went nowhere. The table is the queue, so a restart loses nothing. One
 * thread of its own, {@code root-dispatch}.
 */
@Component
class RootDispatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RootDispatch.class);
    private static final long LOOK_SECONDS = 30;
    private static final long STOP_SECONDS = 5;
    private static final int AT_ONCE = 100;
    private static final int LONGEST_REASON = 300;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final RootSendings sendings;
    private final Alerts alerts;
    private final ProofSettings settings;
    private final Clock clock;
    /** A redirect leads to an address that nobody allowed. */
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("root-dispatch").daemon().factory());

    private String trouble;

    RootDispatch(RootSendings sendings, Alerts alerts, ProofSettings settings, Clock clock) {
        this.sendings = sendings;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        String found = null;
        try {
            send(clock.instant());
            remind(clock.instant());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            found = "day roots wait to be sent: " + e.getMessage();
        } catch (RuntimeException e) {
            LOG.error("day roots cannot be sent", e);
        }
        if (found != null && !Objects.equals(found, trouble)) {
            LOG.warn("{}", found);
        }
        trouble = found;
    }

    /** Sends all that is due. */
    synchronized void send(Instant now) throws InterruptedException {
        sendings.fill(now);
        for (RootSendings.Due due : sendings.due(now, AT_ONCE)) {
            String reason = reason(due);
            if (reason == null) {
                sendings.sent(due, clock.instant());
                LOG.info("root of {} sent to {} {}", due.day(), due.kind(), due.address());
            } else {
                boolean last = due.tries() + 1 >= settings.tries();
                LOG.warn(
                        "root of {} not sent to {} {}{}: {}",
                        due.day(),
                        due.kind(),
                        due.address(),
                        last ? ", given up" : "",
                        reason);
                sendings.failed(due, reason, last ? null : now.plus(pause(due.tries())));
            }
        }
    }

    /** Raises an alert for roots that are to be sent and went nowhere: one for each day that begins such a time. */
    synchronized void remind(Instant now) {
        LocalDate day = sendings.nowhere(now.minus(settings.alertAfter()));
        if (day != null) {
            alerts.raise(
                    new NewAlert(
                            "overdue",
                            "root-unsent",
                            "critical",
                            now,
                            "root-unsent:" + day,
                            "录像日根未送出：" + day,
                            Map.of("day", day.toString()),
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            null,
                            null,
                            null),
                    now);
        }
    }

    /** After so many failed tries; doubled each time. */
    private Duration pause(int tries) {
        Duration pause = settings.retry().multipliedBy(1L << Math.min(tries, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** @return null when it is there */
    private String reason(RootSendings.Due due) throws InterruptedException {
        try {
            return switch (due.kind()) {
                case "webhook" -> post(due);
                case "mail" -> mail(due);
                default -> "nobody knows how to send to a " + due.kind();
            };
        } catch (IOException | MessagingException | IllegalArgumentException e) {
            String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return words.substring(0, Math.min(LONGEST_REASON, words.length()));
        }
    }

    private String post(RootSendings.Due due) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(due.address()))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("X-Farwatch-Day", due.day().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(due.document()))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status / 100 == 2 ? null : "it answered " + status;
    }

    private String mail(RootSendings.Due due) throws MessagingException, DayRootFault {
        if (settings.mail().host() == null) {
            return "farwatch.proof.mail.host is not set";
        }
        new RootMail(settings.mail()).send(DayRoot.read(due.document()), due.document(), due.address());
        return null;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdownNow();
        http.shutdownNow();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a day root was being sent; the next start sends it again");
        }
    }
}

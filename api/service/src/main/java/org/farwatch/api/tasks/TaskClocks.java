package org.farwatch.api.tasks;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.AlertReader;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.web.BureauTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * One alert for each clock of a task or ticket that ran out, which its squad sees too, and a remark on it when the squad
 * has acted after all. It looks at the table, so a clock that ran out while the service was down counts. One thread of the
 * scheduler.
 */
@Component
class TaskClocks {
    private static final Logger LOG = LoggerFactory.getLogger(TaskClocks.class);
    private static final long LOOK_MILLIS = 5_000;
    private static final String KIND = "overdue";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);

    /** The clocks; the SQL names the columns of each. */
    private enum Dial {
        SIGN(
                "sign-overdue",
                "逾期未签收",
                "已于 %s 签收或转出",
                "sign_due",
                "state = 'open' and sign_due <= :now and sign_alert is null",
                "update task set sign_alert = :alert where id = :id and sign_due = :due",
                "t.state <> 'open' or t.sign_due <> a.since"),
        HANDLE(
                "handle-overdue",
                "逾期未处置",
                "已于 %s 处置或转出",
                "handle_due",
                "state in ('open', 'signed') and handle_due <= :now and handle_alert is null",
                "update task set handle_alert = :alert where id = :id and handle_due = :due",
                "t.state not in ('open', 'signed') or t.handle_due <> a.since");

        private final String code;
        private final String title;
        private final String over;
        private final String due;
        private final String ranOut;
        private final String told;
        private final String acted;

        Dial(String code, String title, String over, String due, String ranOut, String told, String acted) {
            this.code = code;
            this.title = title;
            this.over = over;
            this.due = due;
            this.ranOut = ranOut;
            this.told = told;
            this.acted = acted;
        }
    }

    private final JdbcClient jdbc;
    private final AlertReader reader;
    private final Alerts alerts;
    private final Clock clock;

    TaskClocks(JdbcClient jdbc, AlertReader reader, Alerts alerts, Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.alerts = alerts;
        this.clock = clock;
    }

    private record RanOut(long id, String lane, String title, long squadId, long alertId, Instant due) {}

    private record Acted(long alertId, Instant since) {}

    @Scheduled(fixedDelay = LOOK_MILLIS)
    synchronized void look() {
        try {
            for (Dial dial : Dial.values()) {
                tell(dial);
                overtake(dial);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("clocks of tasks wait for the database: {}", e.getMessage());
        }
    }

    private void tell(Dial dial) {
        Instant now = clock.instant();
        List<RanOut> late = jdbc.sql(
                        "select id, lane, title, squad_id, alert_id, " + dial.due + " from task where " + dial.ranOut)
                .param("now", Timestamp.from(now))
                .query((row, _) -> new RanOut(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getTimestamp(6).toInstant()))
                .list();
        for (RanOut each : late) {
            // Raised at most once for each clock: a second try after a crash meets the same text.
            String dedupe = dial.code + ":" + each.id() + ":" + each.due().toEpochMilli();
            Optional<Long> alert = alerts.raise(alert(dial, each, dedupe), now).or(() -> reader.raised(dedupe));
            jdbc.sql(dial.told)
                    .param("alert", alert.orElseThrow())
                    .param("id", each.id())
                    .param("due", Timestamp.from(each.due()))
                    .update();
        }
    }

    private NewAlert alert(Dial dial, RanOut late, String dedupe) {
        Alert.Location place = reader.of(List.of(late.alertId()))
                .get(Long.toString(late.alertId()))
                .location();
        return new NewAlert(
                KIND,
                dial.code,
                "warning",
                late.due(),
                dedupe,
                dial.title + "：" + late.title(),
                Map.of(
                        "place", late.title(),
                        "due", late.due().toString(),
                        "lane", late.lane(),
                        "task", Long.toString(late.id())),
                late.squadId(),
                0,
                0,
                0,
                0,
                0,
                null,
                place == null ? null : place.longitude(),
                place == null ? null : place.latitude());
    }

    private void overtake(Dial dial) {
        List<Acted> acted = jdbc.sql("""
                        select a.id, t.since from alert a join task t on t.id = (a.arguments ->> 'task')::bigint
                        where a.code = :code and a.overtaken_at is null and (""" + dial.acted + ") order by a.id")
                .param("code", dial.code)
                .query((row, _) -> new Acted(row.getLong(1), row.getTimestamp(2).toInstant()))
                .list();
        for (Acted each : acted) {
            alerts.overtake(each.alertId(), dial.over.formatted(MINUTE.format(each.since())), clock.instant());
        }
    }
}

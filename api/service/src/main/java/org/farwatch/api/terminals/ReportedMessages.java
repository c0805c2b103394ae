package org.farwatch.api.terminals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.explain.Explanation;
import org.farwatch.ingest.jt808.Jt808Explain;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Messages of terminals that are kept as facts, bounded in number and age, and read when somebody looks at them. */
@Repository
class ReportedMessages {
    private static final long TRIM_MILLIS = 600_000;

    private final JdbcClient jdbc;
    private final TerminalProperties properties;
    private final Clock clock;

    ReportedMessages(JdbcClient jdbc, TerminalProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    void add(TerminalReport report) {
        jdbc.sql("""
                insert into device_report (device_no, message_id, v2019, received_at, body)
                values (?, ?, ?, ?, ?)""")
                .params(
                        report.device().no(),
                        report.messageId(),
                        report.v2019(),
                        report.receivedAt().atOffset(ZoneOffset.UTC),
                        report.body())
                .update();
    }

    /** @return messages of a device received in [from, to), newest first, after a place in that order */
    List<DeviceReport> list(int deviceNo, Instant from, Instant to, Instant afterTime, long afterId, int limit) {
        return jdbc.sql("""
                        select id, message_id, v2019, received_at, body from device_report
                        where device_no = :device and received_at >= :from and received_at < :to
                            and (received_at, id) < (:afterTime, :afterId)
                        order by received_at desc, id desc limit :limit""")
                .param("device", deviceNo)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("afterTime", afterTime.atOffset(ZoneOffset.UTC))
                .param("afterId", afterId)
                .param("limit", limit)
                .query((row, _) -> read(
                        row.getLong("id"),
                        row.getInt("message_id"),
                        row.getBoolean("v2019"),
                        row.getTimestamp("received_at").toInstant(),
                        row.getBytes("body")))
                .list();
    }

    private static DeviceReport read(long id, int messageId, boolean v2019, Instant receivedAt, byte[] body) {
        List<String> fields = Jt808Explain.explainBody(messageId, v2019, body).lines().stream()
                .map(Explanation.Line::meaning)
                .toList();
        return new DeviceReport(
                Long.toString(id),
                "%04x".formatted(messageId),
                Jt808Explain.name(messageId),
                receivedAt,
                fields,
                HexFormat.of().formatHex(body));
    }

    @Scheduled(fixedDelay = TRIM_MILLIS)
    void trim() {
        jdbc.sql("""
                delete from device_report where received_at < :before
                    or id <= (select max(id) from device_report) - :rows""")
                .param("before", clock.instant().minus(properties.reportAge()).atOffset(ZoneOffset.UTC))
                .param("rows", properties.reportRows())
                .update();
    }
}

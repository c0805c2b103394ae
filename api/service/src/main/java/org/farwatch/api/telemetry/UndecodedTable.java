package org.farwatch.api.telemetry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.UndecodedSink;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps undecodable messages, the newest up to a bound; what does not fit its queue is dropped and counted. */
public class UndecodedTable implements UndecodedSink {
    private static final int QUEUE = 1_000;
    private static final long WRITE_MILLIS = 2_000;
    private static final int MAX_REASON = 500;

    private final JdbcClient jdbc;
    private final int keep;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();

    private record Message(Protocol protocol, String origin, Instant at, String reason, byte[] raw) {}

    UndecodedTable(JdbcClient jdbc, int keep) {
        this.jdbc = jdbc;
        this.keep = keep;
    }

    @Override
    public void keep(Protocol protocol, String origin, Instant at, String reason, byte[] raw) {
        if (!queue.offer(new Message(protocol, origin, at, reason, raw))) {
            dropped.increment();
        }
    }

    public long dropped() {
        return dropped.sum();
    }

    @Scheduled(fixedDelay = WRITE_MILLIS)
    void write() {
        List<Message> messages = new ArrayList<>();
        queue.drainTo(messages);
        if (messages.isEmpty()) {
            return;
        }
        for (Message message : messages) {
            String reason = message.reason();
            jdbc.sql("insert into undecoded (protocol, origin, at, reason, raw) values (?, ?, ?, ?, ?)")
                    .params(
                            message.protocol().label(),
                            message.origin(),
                            message.at().atOffset(ZoneOffset.UTC),
                            reason.substring(0, Math.min(MAX_REASON, reason.length())),
                            message.raw())
                    .update();
        }
        jdbc.sql("delete from undecoded where id <= (select max(id) from undecoded) - :keep")
                .param("keep", keep)
                .update();
    }
}

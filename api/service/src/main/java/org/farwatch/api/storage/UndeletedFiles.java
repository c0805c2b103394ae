package org.farwatch.api.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.ingest.record.Recordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Files that were to be deleted and that the disk would not let go, each named once in the log. A pass of retention goes
 * on without them and tries them again. Used by the thread of retention; the count by any.
 */
@Repository
class UndeletedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(UndeletedFiles.class);
    /** Of one pass, the oldest first. */
    private static final int MOST_TRIED = 1_000;

    private final JdbcClient jdbc;
    private final Path root;
    private final AtomicLong count = new AtomicLong();

    UndeletedFiles(JdbcClient jdbc, Recordings recordings) {
        this.jdbc = jdbc;
        this.root = recordings.root().toAbsolutePath().normalize();
    }

    /** @param stuck with the reason in the words of the disk */
    void add(Map<Path, String> stuck) {
        stuck.forEach((path, reason) -> {
            Path file = root.relativize(path.toAbsolutePath().normalize());
            int added = jdbc.sql("""
                            insert into recording_undeleted (file, since, reason) values (:file, now(), :reason)
                            on conflict do nothing""")
                    .param("file", file.toString())
                    .param("reason", reason)
                    .update();
            if (added > 0) {
                count.incrementAndGet();
                LOG.error("{} is deleted by the ledger and cannot be deleted on the disk: {}", file, reason);
            }
        });
    }

    /** Tries them again. */
    void retry() {
        List<String> files = jdbc.sql("select file from recording_undeleted order by since, file limit :most")
                .param("most", MOST_TRIED)
                .query(String.class)
                .list();
        for (String file : files) {
            Path path = root.resolve(file).normalize();
            try {
                if (path.startsWith(root)) {
                    Files.deleteIfExists(path);
                }
                jdbc.sql("delete from recording_undeleted where file = :file")
                        .param("file", file)
                        .update();
                LOG.info("{} is gone now", file);
            } catch (IOException e) {
                LOG.debug("{} still cannot be deleted", file, e);
            }
        }
        count.set(jdbc.sql("select count(*) from recording_undeleted")
                .query(Long.class)
                .single());
    }

    /** As of the last pass. */
    long count() {
        return count.get();
    }
}

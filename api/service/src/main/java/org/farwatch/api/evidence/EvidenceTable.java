package org.farwatch.api.evidence;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is known of each file of evidence. */
@Repository
class EvidenceTable {
    private final JdbcClient jdbc;

    EvidenceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record New(String sha256, String mediaType, long bytes, String origin) {}

    /** Does nothing when the content is known. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void insert(New evidence) {
        jdbc.sql("""
                insert into evidence (sha256, media_type, bytes, origin)
                values (:sha256, :mediaType, :bytes, :origin) on conflict (sha256) do nothing""")
                .param("sha256", evidence.sha256())
                .param("mediaType", evidence.mediaType())
                .param("bytes", evidence.bytes())
                .param("origin", evidence.origin())
                .update();
    }

    Optional<Evidence> find(String sha256) {
        return jdbc.sql("select sha256, media_type, bytes, origin, added_at, hold from evidence where sha256 = :sha256")
                .param("sha256", sha256)
                .query((row, _) -> new Evidence(
                        row.getString("sha256"),
                        row.getString("media_type"),
                        row.getLong("bytes"),
                        row.getString("origin"),
                        row.getTimestamp("added_at").toInstant(),
                        row.getBoolean("hold")))
                .optional();
    }

    void hold(String sha256, boolean held) {
        jdbc.sql("update evidence set hold = :held where sha256 = :sha256")
                .param("held", held)
                .param("sha256", sha256)
                .update();
    }
}

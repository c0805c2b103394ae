package org.farwatch.api.duty;

import org.farwatch.api.access.DataScope;
import org.farwatch.api.telemetry.SealedRelease;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a changed duty or custody must name, and what follows from it once it is committed. */
@Component
class DutyChange {
    private final JdbcClient jdbc;
    private final RosterBook book;
    private final PresenceWatch watch;
    private final SealedRelease sealed;

    DutyChange(JdbcClient jdbc, RosterBook book, PresenceWatch watch, SealedRelease sealed) {
        this.jdbc = jdbc;
        this.book = book;
        this.watch = watch;
        this.sealed = sealed;
    }

    /**
     * Checks that what is given exists and is the caller's to name; null is not checked.
     *
     * @throws Refusal naming the field
     */
    void requireKnown(Long officerId, String deviceId, Long postId, DataScope scope) {
        if (officerId != null) {
            require("officerId", "select coalesce(squad_id, 0) from officer where id = :key", officerId, scope);
        }
        if (deviceId != null) {
            require("deviceId", "select coalesce(squad_id, 0) from device where id = :key", deviceId, scope);
        }
        if (postId != null
                && jdbc.sql("""
                                select count(*) from post where id = :id and not retired
                                    and (:everything or squad_id is null or squad_id = any(:squads))""")
                                .param("id", postId)
                                .param("everything", scope.everything())
                                .param("squads", scope.squadArray())
                                .query(Long.class)
                                .single()
                        == 0) {
            throw Refusal.field("postId", "names no post that you may use: " + postId);
        }
    }

    /** The roster changes: duties are judged anew, sealed positions that are covered now are released. */
    void afterCommit(long dutyId) {
        book.rereadAfterCommit(() -> {
            watch.forget(dutyId);
            sealed.release();
        });
    }

    /** Looks through what is sealed once more. */
    void release() {
        sealed.release();
    }

    private void require(String field, String squadOf, Object key, DataScope scope) {
        if (jdbc.sql(squadOf)
                .param("key", key)
                .query(Long.class)
                .optional()
                .filter(scope::sees)
                .isEmpty()) {
            throw Refusal.field(field, "names nothing that you may use: " + key);
        }
    }
}

package org.farwatch.api.tasks;

import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.evidence.EvidenceUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The files of a task: those of its alert, which may be another squad's by then, and those named when it was handled. */
@Component
class TaskFiles implements EvidenceUse {
    private final JdbcClient jdbc;

    TaskFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Named> using(String sha256, DataScope scope) {
        return jdbc.sql("""
                        select t.id::text, t.title from task t join alert a on a.id = t.alert_id
                        where (:everything or t.squad_id = any(:squads))
                            and (a.snapshot = :file or a.before = :file or a.clip = :file or exists (
                                select from task_event e join task_evidence f on f.event_id = e.id
                                where e.task_id = t.id and f.evidence = :file))
                        order by t.id limit 1""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("file", sha256)
                .query((row, _) -> new Named(row.getString(1), row.getString(2)))
                .optional();
    }
}

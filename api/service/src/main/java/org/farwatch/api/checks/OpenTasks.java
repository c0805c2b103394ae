package org.farwatch.api.checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.access.AccessChanged;
import org.farwatch.api.access.Assignments;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An open inspection task opens its squad to those who were sent. The purpose {@code inspection-task/12}, perhaps with more
 * words after a blank, names it.
 */
@Component
class OpenTasks implements Assignments {
    private static final Pattern PURPOSE =
            Pattern.compile(InspectionTask.SUBJECT + "/([0-9]{1,18})( .*)?", Pattern.DOTALL);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    OpenTasks(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public Optional<Long> squad(long userId, String purpose) {
        Matcher named = PURPOSE.matcher(purpose);
        return named.matches()
                ? jdbc.sql("""
                                select t.squad_id from inspection_task t
                                    join inspection_task_person p on p.task_id = t.id and p.user_id = :user
                                where t.id = :task and t.state in ('assigned', 'in-progress')""")
                        .param("user", userId)
                        .param("task", Long.parseLong(named.group(1)))
                        .query(Long.class)
                        .optional()
                : Optional.empty();
    }

    /** Closes what those who were sent still watch, once the change is in the database; whoever still may comes again. */
    void changed(InspectionTask before) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                before.persons().forEach(person -> events.publishEvent(new AccessChanged(Long.parseLong(person.id()))));
            }
        });
    }
}

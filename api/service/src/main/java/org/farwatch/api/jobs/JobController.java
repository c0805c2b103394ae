package org.farwatch.api.jobs;

import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /jobs}: the caller's own long work. An administrator of the whole district also sees that others have some, and
 * may stop it, but not what it is about: he sees no content.
 */
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {
    private static final String SUBJECT = "job";

    private final Jobs jobs;
    private final JobTable table;
    private final AuditLog audit;

    JobController(Jobs jobs, JobTable table, AuditLog audit) {
        this.jobs = jobs;
        this.table = table;
        this.audit = audit;
    }

    /** Newest first. */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Page<Job> jobs(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        List<Job> found = table.list(
                administers(caller) ? null : caller.username(),
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                most);
        return new Page<>(
                found.stream().map(job -> show(job, caller)).toList(),
                found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Job job(@PathVariable String id, Caller caller) {
        return show(find(id, caller), caller);
    }

    /** What runs stops when it next looks; one that is over stays as it is. */
    @PostMapping("/{id}/cancel")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Job cancel(@PathVariable String id, Caller caller) {
        Job job = find(id, caller);
        if (!job.state().over()) {
            audit.record(caller, "cancel", SUBJECT, id, null, null);
            jobs.cancel(Ids.parse(SUBJECT, id));
        }
        return show(find(id, caller), caller);
    }

    private Job find(String id, Caller caller) {
        return table.find(Ids.parse(SUBJECT, id))
                .filter(job -> job.user().equals(caller.username()) || administers(caller))
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** A job may be about any squad, so that one of some squads only does not count. */
    private static boolean administers(Caller caller) {
        return caller.only(List.of(Role.ADMINISTRATOR)).scope().everything();
    }

    private static Job show(Job job, Caller caller) {
        return job.user().equals(caller.username()) ? job : job.outside();
    }
}

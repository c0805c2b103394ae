package org.farwatch.api.checks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /inspection-tasks}: 督察任务. */
@RestController
@RequestMapping("/api/v1/inspection-tasks")
class CheckController {
    private static final String SUBJECT = InspectionTask.SUBJECT;
    private static final String OPEN = "open";

    private final CheckTable table;
    private final CheckDesk desk;
    private final CheckEvidence evidence;
    private final CheckPeople people;
    private final Bench bench;
    private final ViewLog views;
    private final AuditLog audit;

    CheckController(
            CheckTable table,
            CheckDesk desk,
            CheckEvidence evidence,
            CheckPeople people,
            Bench bench,
            ViewLog views,
            AuditLog audit) {
        this.table = table;
        this.desk = desk;
        this.evidence = evidence;
        this.people = people;
        this.bench = bench;
        this.views = views;
        this.audit = audit;
    }

    /** @param version that the caller saw */
    record Step(int version) {}

    record Cancellation(
            int version, @NotBlank @Size(max = 500) String reason) {}

    record Reassignment(
            int version,
            @NotBlank @Size(max = 500) String reason,
            @NotEmpty @Size(max = 10) List<@NotBlank String> persons) {}

    /** @param version of the item; {@code points} null takes a score back */
    record Score(
            int version,
            BigDecimal points,
            Boolean notApplicable,
            @Size(max = 500) String note) {}

    /** @param what the lead says, required where there is one */
    record Finish(
            int version,
            @NotNull CheckOutcome outcome,
            @Size(max = 2000) String what,
            String officerId,
            @Size(max = 500) String note) {}

    /** @param state of {@link CheckState}, or {@code open} for those that are not at their end */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<InspectionTask> tasks(
            @RequestParam(required = false) boolean mine,
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String drawId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        boolean open = OPEN.equals(state);
        CheckTable.Filter filter = new CheckTable.Filter(
                mine,
                open,
                open ? null : label("state", CheckState.class, state),
                label("kind", CheckKind.class, kind),
                Ids.field("squadId", squadId),
                Ids.field("drawId", drawId));
        List<InspectionTask> found = table.list(filter, caller, after(cursor), most);
        return new Page<>(
                found,
                found.size() < most
                        ? null
                        : Cursor.of(found.getLast().dueAt(), found.getLast().id()));
    }

    /** Who can be sent to a squad. */
    @GetMapping("/people")
    @Permit(Role.INSPECTOR)
    Page<CheckPeople.Candidate> people(@RequestParam String kind, @RequestParam String squadId, Caller caller) {
        return Page.all(people.candidates(
                label("kind", CheckKind.class, kind), caller.scope().squadNamed(squadId)));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    InspectionTask task(@PathVariable String id, Caller caller) {
        InspectionTask task = desk.find(id, caller);
        if (task.officerId() != null) {
            looked(task, caller);
        }
        return task;
    }

    /** What is looked at in it: duties, devices and streams. The look is logged. */
    @GetMapping("/{id}/bench")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Bench.Shown bench(@PathVariable String id, Caller caller) {
        InspectionTask task = desk.find(id, caller);
        CheckRights.requireLook(task, caller);
        looked(task, caller);
        return bench.of(task);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.INSPECTOR)
    @Transactional
    InspectionTask create(@Valid @RequestBody NewTask wanted, Caller caller) {
        return desk.find(Long.toString(desk.create(wanted, caller)), caller);
    }

    @PostMapping("/{id}/start")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    InspectionTask start(@PathVariable String id, @Valid @RequestBody Step step, Caller caller) {
        desk.start(id, step.version(), caller);
        return desk.find(id, caller);
    }

    @PutMapping("/{id}/items/{position}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    InspectionTask score(
            @PathVariable String id, @PathVariable int position, @Valid @RequestBody Score score, Caller caller) {
        desk.score(
                id,
                position,
                new CheckDesk.Given(
                        score.version(), score.points(), Boolean.TRUE.equals(score.notApplicable()), score.note()),
                caller);
        return desk.find(id, caller);
    }

    /** @param streamId of the stream that showed it; without one it is a photograph */
    @PostMapping("/{id}/evidence")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    InspectionTask.Kept keep(
            @PathVariable String id,
            @RequestParam MultipartFile file,
            @RequestParam Instant at,
            @RequestParam(required = false) String streamId,
            @RequestParam(required = false) String note,
            Caller caller)
            throws IOException {
        InspectionTask task = desk.collecting(id, caller);
        Long stream = Ids.field("streamId", streamId);
        if (stream != null
                && bench.streams(task).stream().noneMatch(each -> each.id().equals(streamId))) {
            throw Refusal.field("streamId", "names no stream of this task: " + streamId);
        }
        InspectionTask.Kept kept = evidence.add(
                task.key(),
                file,
                new CheckEvidence.New(
                        stream == null ? CheckEvidence.PHOTOGRAPH : CheckEvidence.PICTURE, at, stream, note),
                caller);
        audit.record(caller, CheckState.Action.COLLECT.label(), SUBJECT, id, null, kept);
        return kept;
    }

    @GetMapping("/{id}/evidence/{file}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String file, Caller caller)
            throws IOException {
        InspectionTask task = desk.find(id, caller);
        views.record(caller, "evidence", id, "督察任务 " + task.squadName(), null, null);
        return evidence.give(task.key(), file);
    }

    @PostMapping("/{id}/finish")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    @Transactional
    InspectionTask finish(@PathVariable String id, @Valid @RequestBody Finish end, Caller caller) {
        desk.finish(
                id,
                end.version(),
                new CheckDesk.Finish(end.outcome(), end.what(), end.officerId(), end.note()),
                caller);
        return desk.find(id, caller);
    }

    @PostMapping("/{id}/reassign")
    @Permit(Role.INSPECTOR)
    @Transactional
    InspectionTask reassign(@PathVariable String id, @Valid @RequestBody Reassignment wanted, Caller caller) {
        desk.reassign(id, wanted.version(), wanted.persons(), wanted.reason(), caller);
        return desk.find(id, caller);
    }

    @PostMapping("/{id}/cancel")
    @Permit(Role.INSPECTOR)
    @Transactional
    InspectionTask cancel(@PathVariable String id, @Valid @RequestBody Cancellation wanted, Caller caller) {
        desk.cancel(id, wanted.version(), wanted.reason(), caller);
        return desk.find(id, caller);
    }

    private void looked(InspectionTask task, Caller caller) {
        String about = task.officerName() == null ? task.squadName() : task.officerName();
        views.record(caller, SUBJECT, task.id(), about, task.start(), task.end());
    }

    private static CheckTable.After after(String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] key = Cursor.parse(cursor, 2);
        return new CheckTable.After(Cursor.instant(key[0]), Cursor.number(key[1]));
    }

    private static <E extends Enum<E>> E label(String field, Class<E> type, String text) {
        try {
            return text == null ? null : Flow.read(type, text);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }
}

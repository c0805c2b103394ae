package org.farwatch.api.reports;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.jobs.Job;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /record-reports}: 记录核查报告 of a period. */
@RestController
@RequestMapping("/api/v1/record-reports")
class ReportController {
    private static final Duration LONGEST = Duration.ofDays(370);
    /** What is being recorded reaches the tables within seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final Reports reports;
    private final ReportTable table;
    private final EvidenceStore evidence;
    private final Clock clock;

    ReportController(Reports reports, ReportTable table, EvidenceStore evidence, Clock clock) {
        this.reports = reports;
        this.table = table;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * @param squadIds absent: all that the caller sees
     * @param files whether the recordings of the period are read and hashed again; absent: they are
     */
    record Wanted(
            @NotNull Instant from,
            @NotNull Instant to,
            @Size(min = 1, max = 1000) List<@NotNull String> squadIds,
            Boolean files) {}

    /** Newest first. */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    Page<RecordReport> list(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        Long before = cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]);
        List<RecordReport> found = table.list(scope, before, most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    RecordReport one(@PathVariable String id, DataScope scope) {
        return table.find(Ids.parse(Reports.SUBJECT, id), scope)
                .orElseThrow(() -> Refusal.notFound(Reports.SUBJECT, id));
    }

    @GetMapping(value = "/{id}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER})
    ResponseEntity<Resource> pdf(@PathVariable String id, DataScope scope) throws IOException {
        String file = table.pdf(Ids.parse(Reports.SUBJECT, id), scope)
                .orElseThrow(() -> Refusal.notFound(Reports.SUBJECT, id));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"record-report-" + id + ".pdf\"")
                .body(new InputStreamResource(evidence.open(file)));
    }

    /** The job that makes one; its result is {@code {reportId}}. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Permit(Role.LEGAL_REVIEWER)
    @Transactional
    Job make(@Valid @RequestBody Wanted wanted, Caller caller) {
        Instant latest = clock.instant().minus(SETTLED);
        if (wanted.to().isAfter(latest)) {
            throw Refusal.field("to", "must have passed (" + latest + "), was " + wanted.to());
        }
        if (!wanted.from().isBefore(wanted.to())
                || Duration.between(wanted.from(), wanted.to()).compareTo(LONGEST) > 0) {
            throw Refusal.field(
                    "to",
                    "must be after from (" + wanted.from() + ") and at most " + LONGEST.toDays() + " days, was "
                            + wanted.to());
        }
        return reports.make(
                new ReportTable.Subject(wanted.from(), wanted.to(), squads(wanted, caller.scope())),
                wanted.files() == null || wanted.files(),
                caller);
    }

    private List<Long> squads(Wanted wanted, DataScope scope) {
        if (wanted.squadIds() == null) {
            return scope.everything() ? null : List.copyOf(new TreeSet<>(scope.squads()));
        }
        TreeSet<Long> squads = new TreeSet<>();
        for (int i = 0; i < wanted.squadIds().size(); i++) {
            String id = wanted.squadIds().get(i);
            Long squad = Ids.field("squadIds[" + i + "]", id);
            if (!scope.sees(squad) || table.names(List.of(squad)).isEmpty()) {
                throw Refusal.field("squadIds[" + i + "]", "names no squad of yours: " + id);
            }
            squads.add(squad);
        }
        return List.copyOf(squads);
    }
}

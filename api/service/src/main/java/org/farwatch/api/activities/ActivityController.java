package org.farwatch.api.activities;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

/** {@code /activities} and {@code /activity-kinds}: 执法活动 and what they usually consist of. */
@RestController
@RequestMapping("/api/v1")
class ActivityController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final ActivityTable table;
    private final ActivityKinds kinds;
    private final Activities activities;
    private final ActivityReader reader;
    private final ActivityImport imports;

    ActivityController(
            ActivityTable table,
            ActivityKinds kinds,
            Activities activities,
            ActivityReader reader,
            ActivityImport imports) {
        this.table = table;
        this.kinds = kinds;
        this.activities = activities;
        this.reader = reader;
        this.imports = imports;
    }

    /** @param activity what it is to be, whole */
    record Change(int version, @NotNull @Valid NewActivity activity) {}

    record Retiring(int version, @Size(max = 2000) String note) {}

    @GetMapping("/activity-kinds")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<ActivityKind> kinds() {
        return Page.all(kinds.all());
    }

    @GetMapping("/activities")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Activity> list(
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(defaultValue = "false") boolean retired,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        ActivityTable.Filter filter = new ActivityTable.Filter(Ids.field("squadId", squadId), kind, from, to, retired);
        Long before = cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]);
        List<Activity> found = reader.whole(table.list(filter, caller.scope(), before, most), caller);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/activities/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Activity one(@PathVariable String id, Caller caller) {
        return reader.find(Ids.parse(Activities.SUBJECT, id), caller)
                .orElseThrow(() -> Refusal.notFound(Activities.SUBJECT, id));
    }

    /** 201, or 200 when the same one was sent before. */
    @PostMapping("/activities")
    @Permit({Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    ResponseEntity<Activity> create(@Valid @RequestBody NewActivity wanted, Caller caller) {
        String source = wanted.externalId() == null || wanted.externalId().isBlank() ? "manual" : "api";
        Activities.Entered entered = activities.enter(wanted, source, caller);
        return ResponseEntity.status(entered.made() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(one(Long.toString(entered.id()), caller));
    }

    @PutMapping("/activities/{id}")
    @Permit({Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    Activity change(@PathVariable String id, @Valid @RequestBody Change change, Caller caller) {
        activities.change(id, change.version(), change.activity(), caller);
        return one(id, caller);
    }

    /** It counts nowhere from then on. */
    @PostMapping("/activities/{id}/retire")
    @Permit({Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    Activity retire(@PathVariable String id, @Valid @RequestBody Retiring retiring, Caller caller) {
        activities.retire(id, retiring.version(), retiring.note(), caller);
        return one(id, caller);
    }

    /** A CSV file in UTF-8 or GB18030, a line for each stage: all of it or nothing. */
    @PostMapping("/activities/import")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    ActivityImport.Imported importFile(@RequestParam MultipartFile file, Caller caller) throws IOException {
        return imports.take(file.getBytes(), caller);
    }

    /** A file of that form with an example. */
    @GetMapping(value = "/activities/template", produces = "text/csv")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    ResponseEntity<String> template() {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"activities.csv\"")
                .body(ActivityImport.template());
    }
}

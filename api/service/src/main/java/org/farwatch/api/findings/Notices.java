package org.farwatch.api.findings;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.calendar.CalendarDays;
import org.farwatch.api.calendar.WorkCalendar;
import org.farwatch.api.documents.DocumentKind;
import org.farwatch.api.documents.Documents;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Issues a 督察告知单: the lead becomes a finding that is noticed, with its numbered document, or nothing happens at all. */
@Component
class Notices {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final String NOBODY = "（单位）";
    private static final int HASH_SHOWN = 12;

    private final SupervisionLeads leads;
    private final FindingTable table;
    private final Findings findings;
    private final CaseFiles files;
    private final Documents documents;
    private final CalendarDays calendar;
    private final AuditLog audit;
    private final Clock clock;

    Notices(
            SupervisionLeads leads,
            FindingTable table,
            Findings findings,
            CaseFiles files,
            Documents documents,
            CalendarDays calendar,
            AuditLog audit,
            Clock clock) {
        this.leads = leads;
        this.table = table;
        this.findings = findings;
        this.files = files;
        this.documents = documents;
        this.calendar = calendar;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a notice says.
     *
     * @param version of the lead that the caller saw
     * @param fact what was seen
     * @param rule what it is said to break
     */
    record Wanted(
            int version,
            @NotNull @JsonProperty("class") FindingClass grade,
            @NotBlank @Size(max = 2000) String fact,
            @NotBlank @Size(max = 500) String rule) {}

    /** @throws Refusal 404, 409, or 403 for the officer whom it is about */
    @Transactional
    public Finding issue(String id, long key, Wanted wanted, Caller caller) {
        SupervisionLead lead = leads.begin(id, key, wanted.version(), LeadState.Action.NOTICE, caller);
        Long officer = lead.officerId() == null ? null : Long.valueOf(lead.officerId());
        if (officer != null && officer == caller.officerId()) {
            throw new Refusal(
                    403,
                    "another person needed",
                    "notice of supervision lead " + id
                            + " is for another inspector: you are the officer whom it is about");
        }
        Instant now = clock.instant();
        int days = findings.days(Threshold.FINDING_EXPLAIN_WORKING_DAYS);
        WorkCalendar work = calendar.calendar();
        long squad = Long.parseLong(lead.squadId());
        long finding = table.insert(
                new FindingTable.New(
                        key,
                        squad,
                        officer,
                        wanted.grade(),
                        wanted.fact().strip(),
                        wanted.rule().strip(),
                        now,
                        days,
                        work.until(now, days)),
                caller);
        table.event(finding, caller, "notice", new Act(1, null, null, null, null), FindingState.NOTICED);
        leads.move(lead, LeadState.Action.NOTICE, null, caller);
        documents.issue(
                DocumentKind.INSPECTION_NOTICE,
                new Documents.About(finding, squad, officer),
                Map.of(
                        "squad", lead.squadName(),
                        "officer", lead.officerName() == null ? NOBODY : lead.officerName(),
                        "class", wanted.grade().onPaper(),
                        "fact", wanted.fact().strip(),
                        "rule", wanted.rule().strip(),
                        "evidence", evidence(files.of(key)),
                        "days", Integer.toString(days),
                        "deadline", DATE.format(work.last(WorkCalendar.day(now), days)),
                        "issuer", caller.displayName(),
                        "date", DATE.format(WorkCalendar.day(now))),
                now,
                caller);
        audit.record(caller, "notice", Findings.SUBJECT, Long.toString(finding), null, wanted);
        return findings.find(Long.toString(finding), finding, caller);
    }

    /** Each file by its name and the beginning of its hash, so that what was shown can be told later. */
    private static String evidence(List<CaseFile> files) {
        return files.isEmpty()
                ? "无附件"
                : files.stream()
                        .map(file -> file.name() + "（SHA-256 " + file.id().substring(0, HASH_SHOWN) + "…）")
                        .collect(Collectors.joining("\n"));
    }
}

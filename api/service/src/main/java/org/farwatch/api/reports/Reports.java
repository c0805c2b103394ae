package org.farwatch.api.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.jobs.Job;
import org.farwatch.api.jobs.JobProgress;
import org.farwatch.api.jobs.Jobs;
import org.farwatch.api.video.PeriodCheck;
import org.springframework.stereotype.Component;

/** Makes reports, each as a job: checks the files, adds up, writes the PDF, keeps all of it. */
@Component
class Reports {
    static final String SUBJECT = "record-report";
    private static final long MAX_PDF = 50L * 1_048_576;

    private final PeriodCheck check;
    private final ReportReader reader;
    private final ReportTable table;
    private final EvidenceStore evidence;
    private final Jobs jobs;
    private final AuditLog audit;
    private final Clock clock;

    Reports(
            PeriodCheck check,
            ReportReader reader,
            ReportTable table,
            EvidenceStore evidence,
            Jobs jobs,
            AuditLog audit,
            Clock clock) {
        this.check = check;
        this.reader = reader;
        this.table = table;
        this.evidence = evidence;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Starts the job; its result names the report.
     *
     * @param files whether the recordings of the period are read and hashed again
     */
    Job make(ReportTable.Subject subject, boolean files, Caller caller) {
        return jobs.submit(SUBJECT, caller, progress -> run(subject, files, caller, progress));
    }

    private Map<String, String> run(ReportTable.Subject subject, boolean files, Caller caller, JobProgress progress)
            throws IOException {
        long total = files ? check.segments(subject.from(), subject.to(), subject.scope()) : 0;
        progress.report(0, total, "verify");
        PeriodCheck.Result checked = check.check(
                subject.from(), subject.to(), subject.scope(), files, read -> progress.report(read, total, "verify"));
        progress.report(total, total, "figures");
        ReportFigures figures = reader.read(subject.from(), subject.to(), subject.scope(), checked);
        progress.check();
        Instant now = clock.instant();
        String about = subject.squads() == null ? "全区" : String.join("、", table.names(subject.squads()));
        byte[] pdf = ReportPdf.of(subject, about, caller.displayName(), now, figures);
        String kept = evidence.put(new ByteArrayInputStream(pdf), "application/pdf", SUBJECT, MAX_PDF)
                .sha256();
        String id = Long.toString(table.insert(subject, caller.username(), now, figures, kept));
        audit.record(caller.username(), "create", SUBJECT, id, null, subject, null);
        return Map.of("reportId", id);
    }
}

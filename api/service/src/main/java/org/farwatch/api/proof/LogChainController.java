package org.farwatch.api.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.LogHead;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The chains of audit log and view log: where they stand, whether they are as they were written, and each whole log as a
 * file for {@code verify}. They are of the whole house and take no squads: of an entry they give a number and a hash.
 */
@RestController
@RequestMapping("/api/v1/log-chains")
class LogChainController {
    private final LogChain chain;
    private final LogCheck check;
    private final LogDocument document;
    private final AuditLog audit;

    LogChainController(LogChain chain, LogCheck check, LogDocument document, AuditLog audit) {
        this.chain = chain;
        this.check = check;
        this.document = document;
        this.audit = audit;
    }

    /** @param checked the last check since the service began, null before it */
    record Standing(
            LogHead head,
            @JsonInclude(JsonInclude.Include.ALWAYS) LogCheck.Result checked) {}

    record Standings(List<Standing> items) {}

    @GetMapping
    @Permit({Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    Standings standings() {
        return new Standings(Arrays.stream(Log.values())
                .map(log -> new Standing(chain.head(log), check.last(log).orElse(null)))
                .toList());
    }

    /** Reads the whole of both logs; waits for a check that runs. */
    @PostMapping("/check")
    @Permit({Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    Standings check(Caller caller) throws IOException {
        for (Log log : Log.values()) {
            LogCheck.Result result = check.check(log);
            audit.record(caller, "check", log.label() + "-log", null, null, result);
        }
        return standings();
    }

    /** The whole log: for who may read all of it. */
    @GetMapping(value = "/{log}/document", produces = "text/plain")
    @Permit(Role.SECURITY_AUDITOR)
    void document(@PathVariable String log, Caller caller, HttpServletResponse response) throws IOException {
        Log wanted = Arrays.stream(Log.values())
                .filter(each -> each.label().equals(log))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("log", log));
        audit.record(caller, "export", wanted.label() + "-log", null, null, null);
        response.setContentType("text/plain;charset=us-ascii");
        response.setHeader("Content-Disposition", "attachment; filename=\"farwatch-" + log + "-log.txt\"");
        document.write(wanted, response.getOutputStream());
    }
}

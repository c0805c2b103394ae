package org.farwatch.api.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import java.time.Instant;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /rules}: the thresholds in force. Everybody who is measured by them may read them. */
@RestController
@RequestMapping("/api/v1/rules")
class RuleController {
    private final Rules rules;

    RuleController(Rules rules) {
        this.rules = rules;
    }

    record Shown(
            String key,
            double value,
            String unit,
            double min,
            double max,
            @JsonProperty("default") double initial,
            int version,
            String changedBy,
            Instant changedAt) {
        static Shown of(Rules.Rule rule) {
            return new Shown(
                    rule.key(),
                    rule.value(),
                    rule.unit(),
                    rule.min(),
                    rule.max(),
                    rule.initial(),
                    rule.version(),
                    rule.changedBy(),
                    rule.changedAt());
        }
    }

    record Change(double value, int version) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Page<Shown> rules() {
        return Page.all(rules.all().stream().map(Shown::of).toList());
    }

    @PatchMapping("/{key}")
    @Permit(Role.ADMINISTRATOR)
    Shown change(@PathVariable String key, @Valid @RequestBody Change change, Caller caller) {
        caller.scope().requireEverything("rules are changed");
        return Shown.of(rules.change(key, change.value(), change.version(), caller));
    }
}

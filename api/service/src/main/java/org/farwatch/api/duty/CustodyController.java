package org.farwatch.api.duty;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/custody}: 领用, who had which device from when to when. */
@RestController
@RequestMapping("/api/v1/devices/{deviceId}/custody")
class CustodyController {
    private final CustodyBook book;

    CustodyController(CustodyBook book) {
        this.book = book;
    }

    record Issue(@NotBlank String officerId, @NotNull Instant from, Instant to) {}

    record Return(@NotNull Instant to) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Custody> custody(@PathVariable String deviceId, DataScope scope) {
        return Page.all(book.of(deviceId, scope));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Custody issue(@PathVariable String deviceId, @Valid @RequestBody Issue issue, Caller caller) {
        if (issue.to() != null && !issue.from().isBefore(issue.to())) {
            throw Refusal.field("to", "must be after from (" + issue.from() + "), was " + issue.to());
        }
        return book.issue(Ids.field("officerId", issue.officerId()), deviceId, issue.from(), issue.to(), caller);
    }

    /** Sets when the device was given back. */
    @PatchMapping("/{id}")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Custody giveBack(
            @PathVariable String deviceId, @PathVariable String id, @Valid @RequestBody Return given, Caller caller) {
        Custody before = book.find(Ids.parse(CustodyBook.SUBJECT, id), caller.scope())
                .filter(custody -> custody.deviceId().equals(deviceId))
                .orElseThrow(() -> Refusal.notFound(CustodyBook.SUBJECT, id));
        return book.giveBack(before, given.to(), caller);
    }
}

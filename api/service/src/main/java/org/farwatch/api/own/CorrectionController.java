package org.farwatch.api.own;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /corrections}: 更正申请, asked for by officers and answered by the leaders of their squads. */
@RestController
@RequestMapping("/api/v1/corrections")
class CorrectionController {
    private final Corrections corrections;

    CorrectionController(Corrections corrections) {
        this.corrections = corrections;
    }

    /** @param kind see {@link CorrectionKind} */
    record Asked(
            @NotNull String kind,
            @NotBlank @Size(max = 1000) String request) {}

    /** @param corrected whether what was wrong has been put right */
    record Answered(
            int version,
            @NotNull Boolean corrected,
            @NotBlank @Size(max = 1000) String answer) {}

    @GetMapping
    @Permit({Role.SQUAD_LEADER, Role.OFFICER})
    Page<Correction> list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        List<Correction> found = corrections.list(
                state == null ? null : read(CorrectionState.class, "state", state),
                caller,
                cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]),
                most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.SQUAD_LEADER, Role.OFFICER})
    Correction one(@PathVariable String id, Caller caller) {
        return corrections.find(id, Ids.parse(Corrections.SUBJECT, id), caller);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.OFFICER)
    @Transactional
    Correction ask(@Valid @RequestBody Asked asked, Caller caller) {
        long id = corrections.ask(
                read(CorrectionKind.class, "kind", asked.kind()),
                asked.request().strip(),
                caller);
        return one(Long.toString(id), caller);
    }

    @PostMapping("/{id}/answer")
    @Permit(Role.SQUAD_LEADER)
    @Transactional
    Correction answer(@PathVariable String id, @Valid @RequestBody Answered answered, Caller caller) {
        corrections.answer(
                id,
                Ids.parse(Corrections.SUBJECT, id),
                answered.version(),
                answered.corrected(),
                answered.answer().strip(),
                caller);
        return one(id, caller);
    }

    private static <E extends Enum<E>> E read(Class<E> type, String field, String label) {
        try {
            return Flow.read(type, label);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }
}

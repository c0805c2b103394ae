package org.farwatch.api.coverage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
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

/** {@code /gap-inquiries}: 缺录说明, what squads are asked about gaps and answer. */
@RestController
@RequestMapping("/api/v1/gap-inquiries")
class InquiryController {
    private final InquiryTable table;
    private final Inquiries inquiries;

    InquiryController(InquiryTable table, Inquiries inquiries) {
        this.table = table;
        this.inquiries = inquiries;
    }

    /**
     * @param from with {@code to}: a gap, or a part of one
     * @param squadId who is asked; absent: the squad of the stream
     */
    record Question(
            @NotBlank String streamId,
            @NotNull Instant from,
            @NotNull Instant to,
            String squadId,
            @Size(max = 500) String question) {}

    /** @param reason of an explanation, see {@link GapReason} */
    record Step(
            int version, String reason, @Size(max = 2000) String note) {}

    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<GapInquiry> list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) String streamId,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        InquiryTable.Filter filter = new InquiryTable.Filter(
                state == null ? null : read(InquiryState.class, "state", state),
                Ids.field("squadId", squadId),
                Ids.field("streamId", streamId),
                from,
                to);
        Long before = cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]);
        List<GapInquiry> found = table.list(filter, caller.scope(), before, most).stream()
                .map(one -> shown(one, List.of(), caller))
                .toList();
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    GapInquiry one(@PathVariable String id, Caller caller) {
        long key = Ids.parse(Inquiries.SUBJECT, id);
        return table.find(key, caller.scope())
                .map(one -> shown(one, table.events(key), caller))
                .orElseThrow(() -> Refusal.notFound(Inquiries.SUBJECT, id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.LEGAL_REVIEWER)
    @Transactional
    GapInquiry ask(@Valid @RequestBody Question question, Caller caller) {
        long id = inquiries.ask(
                question.streamId(),
                question.from(),
                question.to(),
                question.squadId(),
                blankToNull(question.question()),
                caller);
        return one(Long.toString(id), caller);
    }

    /** Which action: one of {@link InquiryAction}; who may is in its table. */
    @PostMapping("/{id}/{action}")
    @Permit({Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    GapInquiry act(@PathVariable String id, @PathVariable String action, @Valid @RequestBody Step step, Caller caller) {
        GapReason reason = step.reason() == null ? null : read(GapReason.class, "reason", step.reason());
        inquiries.act(
                id,
                step.version(),
                read(InquiryAction.class, "action", action),
                new Inquiries.Words(reason, blankToNull(step.note())),
                caller);
        return one(id, caller);
    }

    private static GapInquiry shown(GapInquiry one, List<GapInquiry.Event> events, Caller caller) {
        return new GapInquiry(
                one.id(),
                one.streamId(),
                one.streamName(),
                one.squadId(),
                one.squadName(),
                one.from(),
                one.to(),
                one.cause(),
                one.question(),
                one.state(),
                one.reason(),
                one.explanation(),
                one.answerUntil(),
                one.askedBy(),
                one.askedAt(),
                one.leadId(),
                InquiryAction.FLOW.actions(InquiryAction.class, one.state(), caller.roles()),
                events,
                one.version());
    }

    private static <E extends Enum<E>> E read(Class<E> type, String field, String label) {
        try {
            return Flow.read(type, label);
        } catch (IllegalArgumentException e) {
            throw Refusal.field(field, e.getMessage());
        }
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}

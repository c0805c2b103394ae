package org.farwatch.api.rollcall;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.evidence.EvidenceStore;
import org.farwatch.api.findings.SupervisionLeads;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.video.LivePictures;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an inspector says about one who was called. */
@Component
class RollCallDecisions {
    private static final String SUBJECT = "roll-call-answer";
    private static final long MOST_BYTES = 20L * 1_048_576;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);

    private final RollCallTable calls;
    private final AnswerTable answers;
    private final RollCallWatch watch;
    private final LivePictures pictures;
    private final EvidenceStore evidence;
    private final SupervisionLeads leads;
    private final ViewLog views;
    private final AuditLog audit;
    private final Clock clock;

    RollCallDecisions(
            RollCallTable calls,
            AnswerTable answers,
            RollCallWatch watch,
            LivePictures pictures,
            EvidenceStore evidence,
            SupervisionLeads leads,
            ViewLog views,
            AuditLog audit,
            Clock clock) {
        this.calls = calls;
        this.answers = answers;
        this.watch = watch;
        this.pictures = pictures;
        this.evidence = evidence;
        this.leads = leads;
        this.views = views;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is said; null for none. */
    record Words(ExcuseReason reason, String note) {}

    /**
     * Does something about one who was called.
     *
     * @param version of the answer, which also grows when a position answers
     * @throws Refusal 404; 409 for another version, a state that does not allow it, a term that still runs or is over, or
     *     no picture; 403; 400 naming what is missing
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void act(
            String id,
            long key,
            String officerId,
            long officer,
            int version,
            AnswerAction action,
            Words words,
            Caller caller) {
        RollCall call = calls.lock(key, caller.scope()).orElseThrow(() -> Refusal.notFound(RollCalls.SUBJECT, id));
        RollCall.Answer before = watch.shown(call).stream()
                .filter(answer -> answer.officerId().equals(officerId))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("officer of roll call " + id, officerId));
        String subjectId = id + "/" + officerId;
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, subjectId, before.version());
        }
        RollCallAction.FLOW.next(id, call.state(), action.ofCall(), caller.roles());
        Outcome next = AnswerAction.FLOW.next(subjectId, before.outcome(), action, caller.roles());
        objection(call, before, action).ifPresent(refusal -> {
            throw refusal;
        });
        switch (action) {
            case SEEN, SEEN_LATE -> decide(key, officer, seen(before, next, words, caller));
            case EXCUSE -> {
                if (words.reason() == null) {
                    throw Refusal.field("reason", "must say why it is excused");
                }
                if (words.reason() == ExcuseReason.OTHER) {
                    requireNote(words, "must say why when the reason is other");
                }
                decide(key, officer, said(before, next, words, caller));
            }
            case MARK_ABSENT -> {
                requireNote(words, "must say what it rests on besides the silence of a device");
                decide(key, officer, said(before, next, words, caller));
            }
            case PASS_ON ->
                answers.passedOn(
                        key,
                        officer,
                        leads.create(
                                new SupervisionLeads.New(
                                        Long.parseLong(before.squadId()), officer, null, lead(call, before)),
                                words.note(),
                                caller));
        }
        String reason = words.reason() == null ? null : words.reason().label();
        calls.event(key, officer, caller.username(), Flow.label(action), reason, words.note(), next.label());
        audit.record(caller, Flow.label(action), SUBJECT, subjectId, before.outcome(), next);
    }

    private void decide(long call, long officer, AnswerTable.Decision decision) {
        answers.decide(call, officer, decision);
    }

    /** What may be done now about one who was called. */
    Set<AnswerAction> allowed(RollCall call, RollCall.Answer answer, Caller caller) {
        Set<RollCallAction> open = RollCallAction.FLOW.actions(RollCallAction.class, call.state(), caller.roles());
        Set<AnswerAction> allowed = AnswerAction.FLOW.actions(AnswerAction.class, answer.outcome(), caller.roles());
        allowed.removeIf(action -> !open.contains(action.ofCall())
                || objection(call, answer, action).isPresent());
        return allowed;
    }

    /** Why an action that the tables allow is not possible now, besides words that are missing. */
    private Optional<Refusal> objection(RollCall call, RollCall.Answer answer, AnswerAction action) {
        Instant now = clock.instant();
        boolean over = now.isAfter(call.lateUntil());
        return switch (action) {
            case SEEN, SEEN_LATE -> {
                boolean inTime = !now.isAfter(call.answerUntil());
                if (over || inTime != (action == AnswerAction.SEEN)) {
                    yield Optional.of(new Refusal(
                                    409,
                                    "not in this term",
                                    "a picture counts as present until " + call.answerUntil() + " and as late until "
                                            + call.lateUntil() + "; it is " + now)
                            .with("answerUntil", call.answerUntil())
                            .with("lateUntil", call.lateUntil()));
                }
                yield answer.streamId() == null
                        ? Optional.of(new Refusal(
                                409, "no picture", answer.officerName() + " has no device with a picture now"))
                        : Optional.empty();
            }
            case EXCUSE -> Optional.empty();
            case MARK_ABSENT ->
                over
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                        409,
                                        "not over yet",
                                        "he has until " + call.lateUntil() + " to answer; then he can be found absent")
                                .with("lateUntil", call.lateUntil()));
            case PASS_ON ->
                answer.leadId() == null
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                409, "only once", "it is supervision lead " + answer.leadId() + " already"));
        };
    }

    /** The picture that was looked at becomes evidence; that it was is a view of its own. */
    private AnswerTable.Decision seen(RollCall.Answer before, Outcome next, Words words, Caller caller) {
        byte[] jpeg = pictures.jpeg(Long.parseLong(before.streamId()))
                .orElseThrow(
                        () -> new Refusal(409, "no picture", "stream " + before.streamId() + " has no picture now"));
        views.record(caller, "snapshot", before.streamId(), before.officerName(), null, null);
        try {
            String kept = evidence.put(new ByteArrayInputStream(jpeg), "image/jpeg", "roll-call", MOST_BYTES)
                    .sha256();
            return new AnswerTable.Decision(
                    next,
                    "picture",
                    clock.instant(),
                    null,
                    before.facts(),
                    null,
                    words.note(),
                    kept,
                    caller.username());
        } catch (IOException e) {
            throw new UncheckedIOException("a picture of a roll call cannot be kept", e);
        }
    }

    private static AnswerTable.Decision said(RollCall.Answer before, Outcome next, Words words, Caller caller) {
        return new AnswerTable.Decision(
                next,
                "person",
                null,
                null,
                before.facts(),
                words.reason() == null ? null : words.reason().label(),
                words.note(),
                null,
                caller.username());
    }

    private static void requireNote(Words words, String rule) {
        if (words.note() == null) {
            throw Refusal.field("note", rule);
        }
    }

    /** The facts, and no judgement beyond what the inspector said. */
    private static String lead(RollCall call, RollCall.Answer absent) {
        RollCall.Facts facts = absent.facts();
        String position = facts.lastFix() == null
                ? "点名前30分钟起无可用定位"
                : "最后定位 %s，%s".formatted(MINUTE.format(facts.lastFix()), distance(facts.metres()));
        String device = absent.deviceId() == null
                ? "未领用设备"
                : "设备 %s %s".formatted(absent.deviceId(), facts.online() ? "在线" : "离线");
        return "%s 点名（编号 %s），%s 至 %s 前未应答，经认定缺岗。岗位：%s；%s；%s。认定说明：%s"
                .formatted(
                        MINUTE.format(call.calledAt()),
                        call.id(),
                        absent.officerName(),
                        MINUTE.format(call.lateUntil()),
                        absent.postName(),
                        position,
                        device,
                        absent.note());
    }

    private static String distance(double metres) {
        return metres <= 0 ? "在岗位内" : "距岗位 %d 米".formatted(Math.round(metres));
    }
}

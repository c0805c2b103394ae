package org.farwatch.api.coverage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.calendar.CalendarDays;
import org.farwatch.api.findings.SupervisionLeads;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.BureauTime;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Asking about gaps, answering, and what becomes of the answers. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Inquiries {
    static final String SUBJECT = "gap-inquiry";
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.ROOT).withZone(BureauTime.ZONE);

    private final InquiryTable table;
    private final Coverage coverage;
    private final StreamBook streams;
    private final SupervisionLeads leads;
    private final CalendarDays days;
    private final Rules rules;
    private final AuditLog audit;
    private final Clock clock;

    Inquiries(
            InquiryTable table,
            Coverage coverage,
            StreamBook streams,
            SupervisionLeads leads,
            CalendarDays days,
            Rules rules,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.coverage = coverage;
        this.streams = streams;
        this.leads = leads;
        this.days = days;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @param squadId null for the squad of the stream
     * @param question null for none beyond "why"
     * @return its id
     * @throws Refusal 400 for what is no gap throughout, 409 for one of which a part was asked about already
     */
    long ask(String streamId, Instant from, Instant to, String squadId, String question, Caller caller) {
        StreamBook.Entry stream = streams.find(Ids.field("streamId", streamId), caller.scope())
                .orElseThrow(() -> Refusal.field("streamId", "names no stream of yours: " + streamId));
        Long squad = squadId == null ? squadOf(stream) : caller.scope().squadNamed(squadId);
        String cause = causeOf(stream.id(), from, to);
        Instant now = clock.instant();
        try {
            long id = table.insert(
                    new InquiryTable.Asked(stream.id(), squad, from, to, cause, question, answerUntil(now)),
                    caller.username(),
                    now);
            table.event(id, caller.username(), "ask", null, question, InquiryState.ASKED);
            audit.record(
                    caller,
                    "create",
                    SUBJECT,
                    Long.toString(id),
                    null,
                    table.find(id, caller.scope()).orElseThrow());
            return id;
        } catch (DataIntegrityViolationException e) {
            throw overlapping(e, stream.id(), squad, from, to);
        }
    }

    /** What an action brings along; null for none. */
    record Words(GapReason reason, String note) {}

    /**
     * Does something with one.
     *
     * @throws Refusal 404; 409 for another version or a state that does not allow it; 403; 400 naming what is missing
     */
    void act(String id, int version, InquiryAction action, Words words, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        GapInquiry before = table.lock(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        InquiryState next = InquiryAction.FLOW.next(id, before.state(), action, caller.roles());
        String reason = null;
        Instant until = null;
        Long lead = null;
        switch (action) {
            case EXPLAIN -> {
                if (words.reason() == null) {
                    throw Refusal.field("reason", "must say why it was not recorded");
                }
                if (words.reason() == GapReason.OTHER) {
                    requireNote(words, "must say why when the reason is other");
                }
                reason = words.reason().label();
            }
            case ASK_AGAIN -> {
                requireNote(words, "must say what the answer leaves open");
                until = answerUntil(clock.instant());
            }
            case WITHDRAW -> requireNote(words, "must say why it need not be answered");
            case PASS_ON -> {
                requireNote(words, "must say why the answer does not hold");
                requireHeard(before);
                lead = leads.create(
                        new SupervisionLeads.New(Long.parseLong(before.squadId()), null, null, lead(before)),
                        words.note(),
                        caller);
            }
            case ACCEPT -> {
                // An answer that holds needs no words.
            }
        }
        boolean explains = action == InquiryAction.EXPLAIN;
        table.move(key, next, reason, explains ? words.note() : null, until, lead);
        table.event(key, caller.username(), Flow.label(action), reason, words.note(), next);
        audit.record(caller, Flow.label(action), SUBJECT, id, before.state(), next);
    }

    private void requireHeard(GapInquiry inquiry) {
        if (inquiry.state() == InquiryState.ASKED && clock.instant().isBefore(inquiry.answerUntil())) {
            throw new Refusal(
                            409,
                            "not heard yet",
                            "the squad has until " + inquiry.answerUntil() + " to answer; then it can be passed on")
                    .with("answerUntil", inquiry.answerUntil());
        }
    }

    private static void requireNote(Words words, String rule) {
        if (words.note() == null || words.note().isBlank()) {
            throw Refusal.field("note", rule);
        }
    }

    private static Long squadOf(StreamBook.Entry stream) {
        if (stream.squadNo() == 0) {
            throw Refusal.field("squadId", "must say who is asked: the stream is of no squad");
        }
        return stream.squadNo();
    }

    /** The cause of most of it. */
    private String causeOf(long stream, Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field(
                    "to", "must be after from (" + from + ") and at most " + LONGEST.toDays() + " days, was " + to);
        }
        if (to.isAfter(clock.instant())) {
            throw Refusal.field("to", "must not lie ahead, was " + to);
        }
        Coverage.OfStream found = coverage.ofStream(stream, from, to);
        double asked = Duration.between(from, to).toNanos() / 1e9;
        if (found.recordedSeconds() > 0 || found.requiredSeconds() < asked - 1e-5) {
            throw Refusal.field(
                    "from",
                    "and to must be a gap throughout: of " + asked + " s " + found.requiredSeconds()
                            + " s had to be recorded and " + found.recordedSeconds() + " s were");
        }
        return found.gaps().stream()
                .collect(Collectors.groupingBy(
                        Coverage.Gap::cause,
                        Collectors.summingLong(
                                gap -> Duration.between(gap.from(), gap.to()).toMillis())))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private Instant answerUntil(Instant now) {
        return days.calendar().until(now, (int) rules.seconds(Threshold.GAP_ANSWER_WORKING_DAYS));
    }

    private Refusal overlapping(
            DataIntegrityViolationException cause, long stream, Long squad, Instant from, Instant to) {
        if (!String.valueOf(cause.getMessage()).contains("gap_inquiry_stream_id")) {
            return DataScope.noSquad(String.valueOf(squad));
        }
        return new Refusal(
                409,
                "only once",
                "a part of " + from + " to " + to + " of stream " + stream + " was asked about already");
    }

    private static String lead(GapInquiry inquiry) {
        return "%s %s 至 %s 应录未录，%s"
                .formatted(
                        inquiry.streamName(),
                        MINUTE.format(inquiry.from()),
                        MINUTE.format(inquiry.to()),
                        inquiry.reason() == null ? "逾期未说明" : "说明未获认可");
    }
}

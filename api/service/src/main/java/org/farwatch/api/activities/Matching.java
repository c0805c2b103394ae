package org.farwatch.api.activities;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 关联: saying which recordings are a stage's. */
@Component
class Matching {
    static final String SUBJECT = "stage";

    private final StageTable table;
    private final Proposals proposals;
    private final ActivityTable activities;
    private final AuditLog audit;

    Matching(StageTable table, Proposals proposals, ActivityTable activities, AuditLog audit) {
        this.table = table;
        this.proposals = proposals;
        this.activities = activities;
        this.audit = audit;
    }

    /** With what is proposed and accepted, and what the caller may do. */
    Optional<Stage> find(String id, Caller caller) {
        return table.find(Ids.parse(SUBJECT, id), caller.scope())
                .map(stage -> stage.with(
                        stage.recordings(),
                        proposals.of(List.of(Long.parseLong(id))).getOrDefault(id, List.of()),
                        actions(stage, caller)));
    }

    /** With what the caller may do. */
    List<Stage> offered(List<Stage> stages, Caller caller) {
        return stages.stream()
                .map(stage -> stage.with(List.of(), null, actions(stage, caller)))
                .toList();
    }

    /** Those that nobody decided on, and those of which a part is recorded that nobody accepted. */
    List<Stage> waiting(List<Stage> stages, Caller caller) {
        Map<String, List<Stage.Proposal>> proposed = proposals.of(
                stages.stream().map(stage -> Long.parseLong(stage.id())).toList());
        return stages.stream()
                .filter(stage -> stage.outcome() != Stage.Outcome.PENDING
                        && switch (stage.match()) {
                            case OPEN -> true;
                            case MATCHED ->
                                stage.outcome() != Stage.Outcome.RECORDED
                                        && stage.recordedSeconds() > stage.provenSeconds();
                            case UNRECORDED -> false;
                        })
                .map(stage -> stage.with(
                        table.recordings(Long.parseLong(stage.id())),
                        proposed.getOrDefault(stage.id(), List.of()),
                        actions(stage, caller)))
                .toList();
    }

    /**
     * Does something with one.
     *
     * @param stream whose proposed recording is accepted, null for other actions
     * @throws Refusal 404; 409 for another version, a stage that is not over or a state that does not allow it; 403; 400
     *     when nothing of the stream is proposed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void act(String id, int version, MatchAction action, Long stream, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        table.lock(key);
        Stage before = table.find(key, caller.scope()).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        if (before.outcome() == Stage.Outcome.PENDING) {
            throw new Refusal(409, "not over yet", "stage " + id + " lasts until " + before.to());
        }
        MatchState next = MatchAction.FLOW.next(id, before.match(), action, caller.roles());
        switch (action) {
            case ACCEPT -> {
                if (stream == null) {
                    throw Refusal.field("streamId", "must say whose recording is accepted");
                }
                if (proposals.accept(key, stream, caller.username()) == 0) {
                    throw Refusal.field(
                            "streamId", "must be that of a proposed recording; nothing is proposed of " + stream);
                }
            }
            case UNDO -> proposals.forget(key);
            case NO_RECORDING -> {
                // There is nothing to be kept of it but who said so.
            }
        }
        table.move(key, next);
        String label = Flow.label(action);
        activities.event(
                Long.parseLong(before.activityId()),
                before.name(),
                caller.username(),
                label,
                stream == null ? null : "stream " + stream,
                next.label());
        audit.record(
                caller,
                label,
                SUBJECT,
                id,
                before,
                table.find(key, caller.scope()).orElseThrow());
    }

    /** What may be done with the match of a stage now. */
    static Set<MatchAction> actions(Stage stage, Caller caller) {
        return stage.outcome() == Stage.Outcome.PENDING
                ? Set.of()
                : MatchAction.FLOW.actions(MatchAction.class, stage.match(), caller.roles());
    }
}

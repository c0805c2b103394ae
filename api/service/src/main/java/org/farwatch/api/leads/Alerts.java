package org.farwatch.api.leads;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.evidence.EvidenceUse;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.Topic;
import org.farwatch.api.web.Refusal;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The table of alerts and the only place that raises or changes one. Every change is pushed to those who watch. */
@Component
public class Alerts implements EvidenceUse {
    private static final String SERVICE = "farwatch";
    private static final String SELECT = AlertRow.SELECT;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final LiveHub hub;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    Alerts(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            LiveHub hub,
            JsonMapper json,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.hub = hub;
        this.json = json;
        this.events = events;
    }

    /** What one asks for; null means any. */
    record Filter(AlertState state, String kind, Long streamId, Boolean trial, Instant from, Instant to) {}

    /**
     * Raises an alert unless one of the same {@link NewAlert#dedupe} was raised before.
     *
     * @return its id, empty when it was not raised
     */
    public Optional<Long> raise(NewAlert wanted, Instant now) {
        Optional<Long> id = transaction.execute(_ -> insert(wanted, now));
        id.ifPresent(this::push);
        return id;
    }

    /** The alert that was raised with this {@link NewAlert#dedupe}, if one was. */
    public Optional<Long> raisedFor(String dedupe) {
        return jdbc.sql("select id from alert where dedupe = :dedupe")
                .param("dedupe", dedupe)
                .query(Long.class)
                .optional();
    }

    /** Adds the clip, which is there some seconds after the alert. Nobody's decision is overtaken by that. */
    public void attachClip(long alertId, String clip) {
        jdbc.sql("update alert set clip = :clip where id = :id")
                .param("clip", clip)
                .param("id", alertId)
                .update();
        push(alertId);
    }

    /** Data that came late shows that an alert was not so: it stays, and says so from now on. Said once. */
    public void overtake(long alertId, String text, Instant now) {
        boolean said = Boolean.TRUE.equals(transaction.execute(_ -> {
            int changed = jdbc.sql("""
                            update alert set overtaken_at = :now, overtaken_text = :text, version = version + 1
                            where id = :id and overtaken_at is null""")
                    .param("now", Timestamp.from(now))
                    .param("text", text)
                    .param("id", alertId)
                    .update();
            if (changed == 1) {
                event(alertId, SERVICE, "overtaken", null, text, null);
            }
            return changed == 1;
        }));
        if (said) {
            push(alertId);
        }
    }

    /**
     * What an alert is about is over by itself: it says so from now on.
     *
     * @param close whether it is closed as well when nobody has decided it
     */
    public void end(long alertId, String text, boolean close, Instant now) {
        transaction.executeWithoutResult(_ -> {
            overtake(alertId, text, now);
            int closed = !close
                    ? 0
                    : jdbc.sql(
                                    "update alert set state = 'closed', version = version + 1 where id = :id and state = 'new'")
                            .param("id", alertId)
                            .update();
            if (closed == 1) {
                event(alertId, SERVICE, "close", null, text, AlertState.CLOSED);
            }
        });
        push(alertId);
    }

    /**
     * A person decides.
     *
     * @param opened takes the alert as it was on, in the same transaction; what it refuses is not decided
     * @throws Refusal 404, 409 naming who was first, or 400 for a reason that is not one
     */
    Alert decide(
            String id,
            long key,
            int version,
            AlertState next,
            String reason,
            String note,
            Caller caller,
            Consumer<Alert> opened) {
        Alert decided = transaction.execute(_ -> {
            Alert before = jdbc.sql(
                            SELECT + " where a.id = :id and (:everything or a.squad_id = any(:squads)) for update of a")
                    .param("id", key)
                    .param("everything", caller.scope().everything())
                    .param("squads", caller.scope().squadArray())
                    .query((row, _) -> AlertRow.read(row, json))
                    .optional()
                    .orElseThrow(() -> Refusal.notFound("alert", id));
            if (next == AlertState.DISMISSED) {
                DismissReason.require(before.kind(), reason, note);
            }
            if (before.version() != version || !before.state().mayBecome(next)) {
                Alert.Event last = events(key).getLast();
                throw Refusal.conflict("alert", id, before.version(), last.by())
                        .with("state", before.state().label())
                        .with("changedAt", last.at());
            }
            jdbc.sql("update alert set state = :state, version = version + 1 where id = :id")
                    .param("state", next.label())
                    .param("id", key)
                    .update();
            event(key, caller.username(), next == AlertState.CONFIRMED ? "confirm" : "dismiss", reason, note, next);
            opened.accept(before);
            return before;
        });
        push(key);
        events.publishEvent(new AlertDecided(key, decided.kind(), next, caller));
        return find(key, caller.scope()).orElseThrow();
    }

    /**
     * What a confirmed alert asked for is done. In the caller's transaction; those who watch hear of it after its commit.
     *
     * @param by who did the last of it
     * @throws IllegalStateException for an alert that nobody confirmed
     */
    public void close(long alertId, String by, String note) {
        int changed = jdbc.sql("""
                        update alert set state = 'closed', version = version + 1
                        where id = :id and state = 'confirmed'""").param("id", alertId).update();
        if (changed == 0) {
            throw new IllegalStateException("alert " + alertId + " is not confirmed and cannot be closed");
        }
        event(alertId, by, "close", null, note, AlertState.CLOSED);
        item(alertId).ifPresent(this::pushAfterCommit);
    }

    private void pushAfterCommit(LiveItem item) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                hub.publish(Topic.ALERTS, List.of(item));
            }
        });
    }

    /**
     * Newest first.
     *
     * @param before raisedAt and id of the last one given, null for the first part
     */
    List<Alert> list(Filter filter, DataScope scope, String[] before, int limit) {
        return jdbc.sql(SELECT + """
                         where (:everything or a.squad_id = any(:squads))
                            and (:state::text is null or a.state = :state::text)
                            and (:kind::text is null or a.kind = :kind::text)
                            and (:stream::bigint is null or a.stream_id = :stream::bigint)
                            and (:trial::boolean is null or a.trial = :trial::boolean)
                            and (:from::timestamptz is null or a.raised_at >= :from::timestamptz)
                            and (:to::timestamptz is null or a.raised_at < :to::timestamptz)
                            and (:beforeAt::timestamptz is null
                                or (a.raised_at, a.id) < (:beforeAt::timestamptz, :beforeId::bigint))
                        order by a.raised_at desc, a.id desc limit :limit""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("state", filter.state() == null ? null : filter.state().label())
                .param("kind", filter.kind())
                .param("stream", filter.streamId())
                .param("trial", filter.trial())
                .param("from", filter.from() == null ? null : filter.from().toString())
                .param("to", filter.to() == null ? null : filter.to().toString())
                .param("beforeAt", before == null ? null : before[0])
                .param("beforeId", before == null ? null : before[1])
                .param("limit", limit)
                .query((row, _) -> AlertRow.read(row, json))
                .list();
    }

    Optional<Alert> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " where a.id = :id and (:everything or a.squad_id = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> AlertRow.read(row, json))
                .optional()
                .map(alert -> alert.with(events(id)));
    }

    @Override
    public Optional<Named> using(String sha256, DataScope scope) {
        return jdbc.sql("""
                        select id::text, title from alert
                        where (snapshot = :file or before = :file or clip = :file)
                            and (:everything or squad_id = any(:squads))
                        order by id limit 1""")
                .param("file", sha256)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Named(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Alerts about a duty, oldest first: for the feature that raised them. */
    public List<OfDuty> ofDuty(long dutyId, String kind) {
        return jdbc.sql("""
                        select id, since, raised_at, overtaken_at from alert
                        where duty_id = :duty and kind = :kind order by since, id""")
                .param("duty", dutyId)
                .param("kind", kind)
                .query((row, _) -> new OfDuty(
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4) != null))
                .list();
    }

    /** An alert as its raiser needs it. */
    public record OfDuty(long id, Instant since, Instant raisedAt, boolean overtaken) {}

    /** Alerts about streams that nothing has overtaken yet, oldest first: for the feature that raised them. */
    public List<OfStream> standingOfStreams(String code) {
        return jdbc.sql("""
                        select id, stream_id, since from alert
                        where code = :code and overtaken_at is null order by id""")
                .param("code", code)
                .query((row, _) -> new OfStream(
                        row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant()))
                .list();
    }

    /** An alert as its raiser needs it. */
    public record OfStream(long id, long stream, Instant since) {}

    /** How many are new within the scope. */
    public long countNew(DataScope scope) {
        return jdbc.sql("""
                        select count(*) from alert
                        where state = 'new' and not trial and (:everything or squad_id = any(:squads))""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query(Long.class)
                .single();
    }

    private Optional<Long> insert(NewAlert wanted, Instant now) {
        NewAlert.Sighting seen = wanted.sighting();
        Optional<Long> id = jdbc.sql("""
                        insert into alert (kind, code, state, severity, raised_at, since, dedupe, title, arguments,
                            squad_id, officer_id, device_no, duty_id, post_id, stream_id, zone_id, box, snapshot, before, trial,
                            longitude, latitude)
                        values (:kind, :code, 'new', :severity, :now, :since, :dedupe, :title, :arguments::jsonb,
                            nullif(:squad, 0), nullif(:officer, 0), nullif(:device, 0), nullif(:duty, 0),
                            nullif(:post, 0), nullif(:stream, 0), :zone, :box::double precision[], :snapshot, :before,
                            :trial, :longitude, :latitude)
                        on conflict (dedupe) do nothing returning id""")
                .param("kind", wanted.kind())
                .param("code", wanted.code())
                .param("severity", wanted.severity())
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(wanted.since()))
                .param("dedupe", wanted.dedupe())
                .param("title", wanted.title())
                .param("arguments", json.writeValueAsString(wanted.arguments()))
                .param("squad", wanted.squadNo())
                .param("officer", wanted.officerId())
                .param("device", wanted.deviceNo())
                .param("duty", wanted.dutyId())
                .param("post", wanted.postId())
                .param("stream", wanted.streamId())
                .param("zone", seen == null ? null : seen.zoneId(), Types.BIGINT)
                .param("box", seen == null ? null : array(seen.box()))
                .param("snapshot", seen == null ? null : seen.snapshot())
                .param("before", seen == null ? null : seen.before())
                .param("trial", seen != null && seen.trial())
                .param("longitude", wanted.longitude())
                .param("latitude", wanted.latitude())
                .query(Long.class)
                .optional();
        id.ifPresent(raised -> event(raised, SERVICE, "raise", null, null, AlertState.NEW));
        return id;
    }

    private void event(long alertId, String by, String action, String reason, String note, AlertState to) {
        jdbc.sql("""
                insert into alert_event (alert_id, username, action, reason, note, to_state)
                values (:alert, :by, :action, :reason, :note, coalesce(:to, (select state from alert where id = :alert)))""")
                .param("alert", alertId)
                .param("by", by)
                .param("action", action)
                .param("reason", reason)
                .param("note", note)
                .param("to", to == null ? null : to.label())
                .update();
    }

    private List<Alert.Event> events(long alertId) {
        return jdbc.sql("select at, username, action, reason, note from alert_event where alert_id = :id order by id")
                .param("id", alertId)
                .query((row, _) -> new Alert.Event(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)))
                .list();
    }

    private void push(long id) {
        item(id).ifPresent(item -> hub.publish(Topic.ALERTS, List.of(item)));
    }

    private Optional<LiveItem> item(long id) {
        return jdbc.sql(SELECT + " where a.id = :id")
                .param("id", id)
                .query((row, _) -> LiveItem.of(row.getLong("squad_id"), AlertRow.read(row, json)))
                .optional();
    }

    private static Double[] array(Alert.Box box) {
        return new Double[] {box.x(), box.y(), box.width(), box.height()};
    }
}

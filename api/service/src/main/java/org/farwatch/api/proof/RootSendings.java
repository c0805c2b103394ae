package org.farwatch.api.proof;

import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which day root went to which target, when, and why not. */
@Repository
class RootSendings {
    /** A target that was away for longer gets the newest of them: that one covers all before it. */
    private static final int MOST_DAYS = 400;

    private final JdbcClient jdbc;

    RootSendings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param document as it leaves the house */
    record Due(LocalDate day, byte[] document, long target, String kind, String address, int tries) {}

    /**
     * @param state {@code waiting}, {@code sent} or {@code failed} (given up)
     * @param due next try, null when there is none
     * @param failure why the last try failed, null when none did
     */
    record Sending(
            LocalDate day,
            String targetId,
            String kind,
            String address,
            String state,
            int tries,
            Instant due,
            Instant sentAt,
            String failure) {}

    /** Lets each root wait for each active target that is older than it. */
    void fill(Instant now) {
        jdbc.sql("""
                        insert into root_sending (day, target_id, state, due)
                        select r.day, t.id, 'waiting', :now from root_target t
                            cross join (select day, made from day_root order by day desc limit :most) r
                        where t.active and r.made >= t.since on conflict do nothing""").param("now", Timestamp.from(now)).param("most", MOST_DAYS).update();
    }

    /** Oldest first. */
    List<Due> due(Instant now, int limit) {
        return jdbc.sql("""
                        select s.day, r.document, t.id, t.kind, t.address, s.tries from root_sending s
                            join root_target t on t.id = s.target_id join day_root r on r.day = s.day
                        where s.state = 'waiting' and s.due <= :now and t.active order by s.day, t.id limit :limit""")
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, _) -> new Due(
                        row.getDate(1).toLocalDate(),
                        row.getString(2).getBytes(StandardCharsets.UTF_8),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6)))
                .list();
    }

    void sent(Due due, Instant now) {
        jdbc.sql("""
                        update root_sending set state = 'sent', tries = tries + 1, sent_at = :now, failure = null
                        where day = :day and target_id = :target""")
                .param("now", Timestamp.from(now))
                .param("day", Date.valueOf(due.day()))
                .param("target", due.target())
                .update();
    }

    /** @param next null when it is given up */
    void failed(Due due, String reason, Instant next) {
        jdbc.sql("""
                        update root_sending set state = :state, tries = tries + 1, failure = :reason,
                            due = coalesce(:next, due)
                        where day = :day and target_id = :target""")
                .param("state", next == null ? "failed" : "waiting")
                .param("reason", reason)
                .param("next", next == null ? null : Timestamp.from(next), java.sql.Types.TIMESTAMP)
                .param("day", Date.valueOf(due.day()))
                .param("target", due.target())
                .update();
    }

    /** What was given up is tried again from now on. @return how many */
    int again(LocalDate day, Instant now) {
        return jdbc.sql("""
                        update root_sending set state = 'waiting', tries = 0, due = :now
                        where day = :day and state <> 'sent'""")
                .param("now", Timestamp.from(now))
                .param("day", Date.valueOf(day))
                .update();
    }

    /** Newest day first. */
    List<Sending> list(LocalDate from, LocalDate to, int limit) {
        return jdbc.sql("""
                        select s.day, t.id::text as target_id, t.kind, t.address, s.state, s.tries,
                            case when s.state = 'waiting' then s.due end as due, s.sent_at, s.failure
                        from root_sending s join root_target t on t.id = s.target_id
                        where (:from::date is null or s.day >= :from::date) and (:to::date is null or s.day < :to::date)
                        order by s.day desc, t.id limit :limit""")
                .param("from", from == null ? null : Date.valueOf(from))
                .param("to", to == null ? null : Date.valueOf(to))
                .param("limit", limit)
                .query(Sending.class)
                .list();
    }

    /** The oldest day whose root waits or was given up although it was made before, and went nowhere; null for none. */
    LocalDate nowhere(Instant madeBefore) {
        return jdbc.sql("""
                        select r.day from day_root r
                        where r.made < :before
                            and exists (select from root_sending s join root_target t on t.id = s.target_id
                                where s.day = r.day and s.state <> 'sent' and t.active)
                            and not exists (select from root_sending s
                                where s.day >= r.day and s.state = 'sent')
                        order by r.day limit 1""")
                .param("before", Timestamp.from(madeBefore))
                .query((row, _) -> row.getDate(1).toLocalDate())
                .optional()
                .orElse(null);
    }
}

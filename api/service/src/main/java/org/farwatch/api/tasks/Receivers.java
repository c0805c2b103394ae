package org.farwatch.api.tasks;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who in a squad receives what comes by a lane: somebody chosen, otherwise its leaders. */
@Repository
class Receivers {
    /** Those who may have something of a squad in hand: its leaders, and its officers who have a login. */
    private static final String MEMBERS = """
            select u.id, u.display_name, 'squad-leader' = any(u.roles) as leads from app_user u
            where not u.disabled and (
                'squad-leader' = any(u.roles) and exists (
                    select from user_squad m where m.user_id = u.id and m.squad_id = :squad)
                or 'officer' = any(u.roles) and exists (
                    select from officer o where o.id = u.officer_id and o.squad_id = :squad))
            """;

    private final JdbcClient jdbc;

    Receivers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param leads whether he leads the squad */
    record Member(String id, String name, boolean leads) {}

    /** @param userId null: the leaders of the squad; {@code version} 0 while nobody chose */
    record Chosen(String lane, String userId, int version) {}

    List<Member> members(long squadId) {
        return jdbc.sql(MEMBERS + " order by leads desc, u.display_name, u.id")
                .param("squad", squadId)
                .query((row, _) -> new Member(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list();
    }

    List<Chosen> chosen(long squadId) {
        return jdbc.sql("""
                        select lane, user_id::text, version from squad_receiver where squad_id = :squad""")
                .param("squad", squadId)
                .query((row, _) -> new Chosen(row.getString(1), row.getString(2), row.getInt(3)))
                .list();
    }

    /** The user who was chosen and still belongs to the squad; empty: its leaders. */
    Optional<Long> first(long squadId, String lane) {
        return jdbc.sql("select user_id from squad_receiver where squad_id = :squad and lane = :lane and user_id in ("
                        + "select id from (" + MEMBERS + ") m)")
                .param("squad", squadId)
                .param("lane", lane)
                .query(Long.class)
                .optional();
    }

    /**
     * A user who may have something of the squad in hand.
     *
     * @throws Refusal 400 naming the field
     */
    long require(String field, String userId, long squadId) {
        Long id = Ids.field(field, userId);
        if (members(squadId).stream().noneMatch(member -> member.id().equals(Long.toString(id)))) {
            throw Refusal.field(field, "names no leader and no officer of this squad: " + userId);
        }
        return id;
    }

    /** Chooses; false when the version is not the one that stands. */
    boolean choose(long squadId, String lane, Long userId, int version) {
        return jdbc.sql("""
                        insert into squad_receiver (squad_id, lane, user_id)
                        select :squad, :lane, :user where :version = 0 or exists (
                            select from squad_receiver where squad_id = :squad and lane = :lane)
                        on conflict (squad_id, lane) do update
                            set user_id = excluded.user_id, version = squad_receiver.version + 1
                            where squad_receiver.version = :version""")
                        .param("squad", squadId)
                        .param("lane", lane)
                        .param("user", userId, Types.BIGINT)
                        .param("version", version)
                        .update()
                == 1;
    }
}

package org.farwatch.api.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Users as an administrator sees and changes them; {@link UserStore} is for logging in. */
@Repository
class Users {
    private static final String SELECT = """
            select u.id, u.username, u.display_name, u.roles, u.officer_id, u.disabled, u.must_change_password,
                u.locked_until, u.created_at, u.version,
                array(select squad_id from user_squad where user_id = u.id order by squad_id) as squads
            from app_user u""";

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param squadIds squads he may see; none means all for roles of the bureau
     * @param officerId the officer he is, null when none
     * @param lockedUntil until when wrong passwords have shut him out, null when they have not; may lie in the past
     */
    record User(
            String id,
            String username,
            String displayName,
            List<Role> roles,
            List<String> squadIds,
            @JsonInclude(JsonInclude.Include.ALWAYS) String officerId,
            boolean disabled,
            boolean mustChangePassword,
            @JsonInclude(JsonInclude.Include.ALWAYS) Instant lockedUntil,
            Instant createdAt,
            int version) {
        /** Whether he may administer users. */
        boolean administers() {
            return !disabled && roles.contains(Role.ADMINISTRATOR);
        }
    }

    /**
     * Ordered by name.
     *
     * @param after name of the last one given before, null for the first part
     */
    List<User> list(String after, int limit) {
        return jdbc.sql(SELECT
                        + " where :after::text is null or u.username > :after::text order by u.username limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<User> find(long id) {
        return jdbc.sql(SELECT + " where u.id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Locks all who administer users until the transaction ends, so that two of them cannot take the role from each other
     * at the same time.
     *
     * @return their ids
     */
    List<String> lockAdministrators() {
        return jdbc.sql("""
                        select id::text from app_user where not disabled and :role = any(roles)
                        order by id for update""")
                .param("role", Role.ADMINISTRATOR.label())
                .query(String.class)
                .list();
    }

    /** @return internal id; the new user must change his password */
    long insert(String username, String displayName, String hash, Collection<Role> roles, Long officerId) {
        return jdbc.sql("""
                        insert into app_user (username, display_name, password_hash, roles, officer_id,
                            must_change_password)
                        values (:username, :displayName, :hash, :roles, :officer, true) returning id""")
                .param("username", username)
                .param("displayName", displayName)
                .param("hash", hash)
                .param("roles", labels(roles))
                .param("officer", officerId)
                .query(Long.class)
                .single();
    }

    /**
     * Writes what an administrator may change.
     *
     * @param endSessions whether what the user may do changes, so that his sessions end
     */
    void update(
            long id,
            String displayName,
            Collection<Role> roles,
            Long officerId,
            boolean disabled,
            boolean endSessions) {
        jdbc.sql("""
                update app_user set display_name = :displayName, roles = :roles, officer_id = :officer::bigint,
                    disabled = :disabled, stamp = stamp + case when :endSessions then 1 else 0 end,
                    version = version + 1
                where id = :id""")
                .param("displayName", displayName)
                .param("roles", labels(roles))
                .param("officer", officerId)
                .param("disabled", disabled)
                .param("endSessions", endSessions)
                .param("id", id)
                .update();
    }

    void setSquads(long id, Set<Long> squads) {
        jdbc.sql("delete from user_squad where user_id = :id").param("id", id).update();
        jdbc.sql("insert into user_squad (user_id, squad_id) select :id, unnest(:squads)")
                .param("id", id)
                .param("squads", squads.toArray(Long[]::new))
                .update();
    }

    void unlock(long id) {
        jdbc.sql("update app_user set failed_logins = 0, locked_until = null where id = :id")
                .param("id", id)
                .update();
    }

    private static String[] labels(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::label).toArray(String[]::new);
    }

    private static User read(ResultSet row) throws SQLException {
        Array squads = row.getArray("squads");
        Timestamp locked = row.getTimestamp("locked_until");
        return new User(
                row.getString("id"),
                row.getString("username"),
                row.getString("display_name"),
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::of)
                        .sorted()
                        .toList(),
                Arrays.stream((Long[]) squads.getArray()).map(String::valueOf).toList(),
                row.getString("officer_id"),
                row.getBoolean("disabled"),
                row.getBoolean("must_change_password"),
                locked == null ? null : locked.toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("version"));
    }
}

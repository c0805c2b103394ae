package org.farwatch.api.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Users as they log in. */
@Repository
public class UserStore {
    private final JdbcClient jdbc;

    UserStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A user with what the check of a login needs.
     *
     * @param passwordHash Argon2id, PHC string
     * @param lockedUntil null when not locked
     */
    public record Account(Caller caller, String passwordHash, boolean disabled, Instant lockedUntil) {
        @Override
        public String toString() {
            return caller.username();
        }
    }

    private static final String ACCOUNT = """
            select u.id, u.username, u.display_name, u.roles, coalesce(u.officer_id, 0) as officer_id,
                u.must_change_password, u.password_hash, u.disabled, u.locked_until,
                array(select squad_id from user_squad where user_id = u.id) as squads
            from app_user u""";

    public Optional<Account> byUsername(String username) {
        return jdbc.sql(ACCOUNT + " where u.username = lower(:username)")
                .param("username", username)
                .query((row, _) -> account(row))
                .optional();
    }

    public Optional<Account> byId(long id) {
        return jdbc.sql(ACCOUNT + " where u.id = :id")
                .param("id", id)
                .query((row, _) -> account(row))
                .optional();
    }

    /** The user whose unexpired token has this SHA-256. */
    public Optional<Account> byTokenHash(byte[] hash) {
        return jdbc.sql("""
                        with used as (
                            update access_token set last_used = now()
                            where token_hash = :hash and expires_at > now()
                            returning user_id)
                        """ + ACCOUNT + " where u.id = (select user_id from used)")
                .param("hash", hash)
                .query((row, _) -> account(row))
                .optional();
    }

    public long count() {
        return jdbc.sql("select count(*) from app_user").query(Long.class).single();
    }

    public void create(String username, String displayName, String passwordHash, Set<Role> roles) {
        jdbc.sql("""
                insert into app_user (username, display_name, password_hash, roles)
                values (:username, :displayName, :hash, :roles)""")
                .param("username", username)
                .param("displayName", displayName)
                .param("hash", passwordHash)
                .param("roles", roles.stream().map(Role::label).toArray(String[]::new))
                .update();
    }

    public void setPassword(long userId, String passwordHash, boolean mustChange) {
        jdbc.sql("""
                update app_user set password_hash = :hash, must_change_password = :mustChange, failed_logins = 0,
                    locked_until = null, version = version + 1 where id = :id""")
                .param("hash", passwordHash)
                .param("mustChange", mustChange)
                .param("id", userId)
                .update();
    }

    /** Counts a failed login and locks the account when it was one too many. */
    public void failed(long userId, int limit, Instant lockUntil) {
        jdbc.sql("""
                update app_user set failed_logins = failed_logins + 1,
                    locked_until = case when failed_logins + 1 >= :limit then :until::timestamptz else locked_until end
                where id = :id""")
                .param("limit", limit)
                .param("until", lockUntil.toString())
                .param("id", userId)
                .update();
    }

    public void succeeded(long userId) {
        jdbc.sql("update app_user set failed_logins = 0, locked_until = null where id = :id and failed_logins > 0")
                .param("id", userId)
                .update();
    }

    private static Account account(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String label : (String[]) row.getArray("roles").getArray()) {
            roles.add(Role.of(label));
        }
        Array squads = row.getArray("squads");
        Caller caller = new Caller(
                row.getLong("id"),
                row.getString("username"),
                row.getString("display_name"),
                Set.copyOf(roles),
                row.getLong("officer_id"),
                new HashSet<>(Arrays.asList((Long[]) squads.getArray())),
                row.getBoolean("must_change_password"));
        java.sql.Timestamp locked = row.getTimestamp("locked_until");
        return new Account(
                caller,
                row.getString("password_hash"),
                row.getBoolean("disabled"),
                locked == null ? null : locked.toInstant());
    }
}

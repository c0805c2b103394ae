package org.farwatch.api.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Users as they log in; {@link Users} is for those who administer them. */
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
     * @param lockedUntil null when not locked; may lie in the past
     */
    public record Account(Caller caller, String passwordHash, boolean disabled, Instant lockedUntil) {
        @Override
        public String toString() {
            return caller.username();
        }
    }

    private static final String COLUMNS = """
            select u.id, u.username, u.display_name, u.roles, coalesce(u.officer_id, 0) as officer_id,
                u.must_change_password, u.stamp, u.password_hash, u.disabled, u.locked_until,
                array(select squad_id from user_squad where user_id = u.id) as squads""";
    private static final String ACCOUNT = COLUMNS + " from app_user u";

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

    /**
     * The user whose unexpired token has this SHA-256; his {@link Caller#until} is the token's end. The time of last use
     * is kept to the minute, so that not every call is a write.
     */
    Optional<Account> byTokenHash(byte[] hash) {
        return jdbc.sql("""
                        with used as (
                            select id, user_id, expires_at from access_token
                            where token_hash = :hash and expires_at > now()),
                        noted as (
                            update access_token set last_used = now()
                            where id = (select id from used)
                                and (last_used is null or last_used < now() - interval '1 minute'))
                        """ + COLUMNS + ", used.expires_at from used join app_user u on u.id = used.user_id")
                .param("hash", hash)
                .query((row, _) -> {
                    Account account = account(row);
                    Instant end = row.getTimestamp("expires_at").toInstant();
                    return new Account(
                            account.caller().until(end),
                            account.passwordHash(),
                            account.disabled(),
                            account.lockedUntil());
                })
                .optional();
    }

    public long count() {
        return jdbc.sql("select count(*) from app_user").query(Long.class).single();
    }

    /**
     * Makes a user of the whole district who need not change his password.
     *
     * @return internal id
     */
    public long create(String username, String displayName, String passwordHash, Set<Role> roles) {
        return jdbc.sql("""
                        insert into app_user (username, display_name, password_hash, roles)
                        values (:username, :displayName, :hash, :roles) returning id""")
                .param("username", username)
                .param("displayName", displayName)
                .param("hash", passwordHash)
                .param("roles", roles.stream().map(Role::label).toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** Replaces the password and opens a lock; sessions begun with the old one are over. */
    void setPassword(long userId, String passwordHash, boolean mustChange) {
        jdbc.sql("""
                update app_user set password_hash = :hash, must_change_password = :mustChange, failed_logins = 0,
                    locked_until = null, stamp = stamp + 1, version = version + 1 where id = :id""")
                .param("hash", passwordHash)
                .param("mustChange", mustChange)
                .param("id", userId)
                .update();
    }

    /**
     * Counts a failed login and locks the account when it was one too many.
     *
     * @param limit failures that lock
     * @param now when it failed
     * @param lockFor how long a lock lasts, and a failure counts
     * @return whether it is locked now
     */
    boolean failed(long userId, int limit, Instant now, Duration lockFor) {
        return jdbc.sql("""
                        update app_user set last_failed_at = :now,
                            failed_logins = case when last_failed_at > :since then failed_logins + 1 else 1 end,
                            locked_until = case
                                when (case when last_failed_at > :since then failed_logins + 1 else 1 end) >= :limit
                                then :until end
                        where id = :id returning locked_until is not null""")
                .param("limit", limit)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("since", now.minus(lockFor).atOffset(ZoneOffset.UTC))
                .param("until", now.plus(lockFor).atOffset(ZoneOffset.UTC))
                .param("id", userId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    void succeeded(long userId) {
        jdbc.sql("""
                update app_user set failed_logins = 0, locked_until = null
                where id = :id and (failed_logins > 0 or locked_until is not null)""").param("id", userId).update();
    }

    private static Account account(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String label : (String[]) row.getArray("roles").getArray()) {
            roles.add(Role.of(label));
        }
        Caller caller = new Caller(
                row.getLong("id"),
                row.getString("username"),
                row.getString("display_name"),
                Set.copyOf(roles),
                row.getLong("officer_id"),
                Set.copyOf(new HashSet<>(
                        Arrays.asList((Long[]) row.getArray("squads").getArray()))),
                row.getBoolean("must_change_password"),
                row.getInt("stamp"),
                null);
        Timestamp locked = row.getTimestamp("locked_until");
        return new Account(
                caller,
                row.getString("password_hash"),
                row.getBoolean("disabled"),
                locked == null ? null : locked.toInstant());
    }
}

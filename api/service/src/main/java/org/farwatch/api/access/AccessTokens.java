package org.farwatch.api.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Bearer tokens in the database: their hashes, never themselves. */
@Repository
public class AccessTokens {
    /** Makes a token easy to find where it should not be. */
    static final String PREFIX = "fw_";

    private static final int RANDOM_BYTES = 32;
    private static final String SELECT = "select id, name, created_at, expires_at, last_used from access_token";

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    AccessTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param lastUsed to the minute, null when never */
    record Token(String id, String name, Instant createdAt, Instant expires, Instant lastUsed) {}

    /** Newest first. */
    List<Token> list(long userId) {
        return jdbc.sql(SELECT + " where user_id = :user order by id desc")
                .param("user", userId)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Token> find(long id, long userId) {
        return jdbc.sql(SELECT + " where id = :id and user_id = :user")
                .param("id", id)
                .param("user", userId)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Makes a token.
     *
     * @param text shown this once; only its hash is kept
     */
    public record Made(long id, String text) {}

    public Made make(long userId, String name, Instant expires) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        long id = jdbc.sql("""
                        insert into access_token (user_id, name, token_hash, expires_at)
                        values (:user, :name, :hash, :expires) returning id""")
                .param("user", userId)
                .param("name", name)
                .param("hash", Login.sha256(text))
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return new Made(id, text);
    }

    void delete(long id) {
        jdbc.sql("delete from access_token where id = :id").param("id", id).update();
    }

    /** @return how many there were */
    int deleteAll(long userId) {
        return jdbc.sql("delete from access_token where user_id = :user")
                .param("user", userId)
                .update();
    }

    /** Makes room: ended tokens tell nothing any longer. */
    void deleteEnded(long userId) {
        jdbc.sql("delete from access_token where user_id = :user and expires_at <= now()")
                .param("user", userId)
                .update();
    }

    private static Token read(ResultSet row) throws SQLException {
        Timestamp used = row.getTimestamp("last_used");
        return new Token(
                row.getString("id"),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                used == null ? null : used.toInstant());
    }
}

package org.farwatch.api.talk;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The stored announcements: the bureau's, so that everybody who may shout sees all of them. */
@Repository
class AnnouncementTable {
    private static final String COLUMNS = "id, name, length(sound) as bytes, made_by, made_at, version";

    private final JdbcClient jdbc;

    AnnouncementTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param seconds that it lasts */
    record Announcement(String id, String name, double seconds, String madeBy, Instant madeAt, int version) {}

    record Sound(String name, byte[] alaw) {}

    List<Announcement> all() {
        return select("order by name", 0);
    }

    Optional<Announcement> find(long id) {
        return select("where id = :id", id).stream().findFirst();
    }

    Optional<Sound> sound(long id) {
        return jdbc.sql("select name, sound from announcement where id = :id")
                .param("id", id)
                .query((row, _) -> new Sound(row.getString(1), row.getBytes(2)))
                .optional();
    }

    boolean named(String name) {
        return jdbc.sql("select exists (select from announcement where name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** How many there are; until the transaction ends nobody adds another. */
    int countLocked() {
        jdbc.sql("lock table announcement in share row exclusive mode").update();
        return jdbc.sql("select count(*) from announcement")
                .query(Integer.class)
                .single();
    }

    long insert(String name, byte[] alaw, String by, Instant now) {
        return jdbc.sql("""
                        insert into announcement (name, sound, made_by, made_at) values (:name, :sound, :by, :now)
                        returning id""")
                .param("name", name)
                .param("sound", alaw)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    /** @return false when the version is not the present one */
    boolean delete(long id, int version) {
        return jdbc.sql("delete from announcement where id = :id and version = :version")
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private List<Announcement> select(String rest, long id) {
        JdbcClient.StatementSpec query = jdbc.sql("select " + COLUMNS + " from announcement " + rest);
        return (id == 0 ? query : query.param("id", id))
                .query((row, _) -> new Announcement(
                        row.getString("id"),
                        row.getString("name"),
                        (double) row.getInt("bytes") / VoiceCall.RATE,
                        row.getString("made_by"),
                        row.getTimestamp("made_at").toInstant(),
                        row.getInt("version")))
                .list();
    }
}

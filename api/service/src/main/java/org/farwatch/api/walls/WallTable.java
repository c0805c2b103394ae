package org.farwatch.api.walls;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of saved walls. Every query names the owner; nobody sees another's. */
@Repository
class WallTable {
    private final JdbcClient jdbc;

    WallTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is written of one; {@code streams} has null for an empty cell. */
    record Content(String name, int size, Integer seconds, Long[] streams) {}

    List<Wall> all(long owner) {
        return jdbc.sql("select * from wall where owner_id = :owner order by seconds is not null, name, id")
                .param("owner", owner)
                .query((row, _) -> read(row))
                .list();
    }

    Optional<Wall> find(long owner, long id) {
        return jdbc.sql("select * from wall where owner_id = :owner and id = :id")
                .param("owner", owner)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Whether another one of the owner's has the name. */
    boolean named(long owner, String name, long except) {
        return jdbc.sql("select exists (select 1 from wall where owner_id = :owner and name = :name and id <> :except)")
                .param("owner", owner)
                .param("name", name)
                .param("except", except)
                .query(Boolean.class)
                .single();
    }

    /** How many the owner has; until the transaction ends nobody adds another. */
    int countLocked(long owner) {
        jdbc.sql("select id from app_user where id = :owner for update")
                .param("owner", owner)
                .query(Long.class)
                .single();
        return jdbc.sql("select count(*) from wall where owner_id = :owner")
                .param("owner", owner)
                .query(Integer.class)
                .single();
    }

    long insert(long owner, Content content) {
        return content(jdbc.sql("""
                        insert into wall (owner_id, name, size, seconds, streams)
                        values (:owner, :name, :size, :seconds, :streams) returning id"""), content)
                .param("owner", owner)
                .query(Long.class)
                .single();
    }

    /** @return false when the version is not the present one */
    boolean update(long owner, long id, int version, Content content) {
        return content(jdbc.sql("""
                                update wall set name = :name, size = :size, seconds = :seconds, streams = :streams,
                                    version = version + 1
                                where owner_id = :owner and id = :id and version = :version"""), content)
                        .param("owner", owner)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** @return false when the version is not the present one */
    boolean delete(long owner, long id, int version) {
        return jdbc.sql("delete from wall where owner_id = :owner and id = :id and version = :version")
                        .param("owner", owner)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static JdbcClient.StatementSpec content(JdbcClient.StatementSpec statement, Content content) {
        return statement
                .param("name", content.name())
                .param("size", content.size())
                .param("seconds", content.seconds(), java.sql.Types.INTEGER)
                .param("streams", content.streams());
    }

    private static Wall read(ResultSet row) throws SQLException {
        Array streams = row.getArray("streams");
        return new Wall(
                Long.toString(row.getLong("id")),
                row.getString("name"),
                row.getInt("size"),
                row.getObject("seconds", Integer.class),
                Arrays.stream((Long[]) streams.getArray())
                        .map(id -> id == null ? null : Long.toString(id))
                        .toList(),
                row.getInt("version"));
    }
}

package org.farwatch.api.checks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of checklists. They are the district's: everybody who checks sees all of them. */
@Repository
class Checklists {
    private static final String SELECT = """
            select c.id, c.kind, c.name, c.sample, c.retired, c.version, i.group_name, i.text, i.points, i.basis
            from checklist c join checklist_item i on i.checklist_id = c.id
            """;

    private final JdbcClient jdbc;

    Checklists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is written of one. */
    record Content(CheckKind kind, String name, boolean retired, List<Checklist.Item> items) {}

    /** By kind and name; those that are retired last. */
    List<Checklist> all() {
        return read(jdbc.sql(SELECT + " order by c.retired, c.kind, c.name, c.id, i.position"));
    }

    Optional<Checklist> find(long id) {
        return read(jdbc.sql(SELECT + " where c.id = :id order by i.position").param("id", id)).stream()
                .findFirst();
    }

    long insert(Content content) {
        long id = jdbc.sql("insert into checklist (kind, name) values (:kind, :name) returning id")
                .param("kind", content.kind().label())
                .param("name", content.name())
                .query(Long.class)
                .single();
        insertItems(id, content.items());
        return id;
    }

    /** Replaces a list by a new version, which is a sample no more; false when the version is not the one that stands. */
    boolean update(long id, int version, Content content) {
        boolean present = jdbc.sql("""
                                update checklist set kind = :kind, name = :name, retired = :retired, sample = false,
                                    version = version + 1
                                where id = :id and version = :version""")
                        .param("kind", content.kind().label())
                        .param("name", content.name())
                        .param("retired", content.retired())
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
        if (present) {
            jdbc.sql("delete from checklist_item where checklist_id = :id")
                    .param("id", id)
                    .update();
            insertItems(id, content.items());
        }
        return present;
    }

    private void insertItems(long id, List<Checklist.Item> items) {
        for (int i = 0; i < items.size(); i++) {
            Checklist.Item item = items.get(i);
            jdbc.sql("""
                    insert into checklist_item (checklist_id, position, group_name, text, points, basis)
                    values (:id, :position, :group, :text, :points, :basis)""")
                    .param("id", id)
                    .param("position", i + 1)
                    .param("group", item.group().strip())
                    .param("text", item.text().strip())
                    .param("points", item.points())
                    .param(
                            "basis",
                            item.basis() == null || item.basis().isBlank()
                                    ? null
                                    : item.basis().strip())
                    .update();
        }
    }

    private static List<Checklist> read(JdbcClient.StatementSpec statement) {
        Map<Long, Checklist> found = new LinkedHashMap<>();
        statement.query(row -> {
            Checklist before = found.get(row.getLong("id"));
            List<Checklist.Item> items = new ArrayList<>(before == null ? List.of() : before.items());
            items.add(new Checklist.Item(
                    row.getString("group_name"),
                    row.getString("text"),
                    row.getBigDecimal("points"),
                    row.getString("basis")));
            found.put(
                    row.getLong("id"),
                    new Checklist(
                            row.getString("id"),
                            CheckKind.of(row.getString("kind")),
                            row.getString("name"),
                            row.getBoolean("sample"),
                            row.getBoolean("retired"),
                            items,
                            items.stream().map(Checklist.Item::points).reduce(BigDecimal.ZERO, BigDecimal::add),
                            row.getInt("version")));
        });
        return List.copyOf(found.values());
    }
}

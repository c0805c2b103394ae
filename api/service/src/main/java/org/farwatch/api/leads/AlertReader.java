package org.farwatch.api.leads;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Alerts for features whose records came from them. Who may see such a record is theirs to decide. */
@Component
public class AlertReader {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    AlertReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The alerts that records point at, by id, without their history. */
    public Map<String, Alert> of(Collection<Long> ids) {
        return jdbc
                .sql(AlertRow.SELECT + " where a.id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> AlertRow.read(row, json))
                .list()
                .stream()
                .collect(Collectors.toMap(Alert::id, Function.identity()));
    }

    /** The alert that was raised with this {@link NewAlert#dedupe}. */
    public Optional<Long> raised(String dedupe) {
        return jdbc.sql("select id from alert where dedupe = :dedupe")
                .param("dedupe", dedupe)
                .query(Long.class)
                .optional();
    }
}

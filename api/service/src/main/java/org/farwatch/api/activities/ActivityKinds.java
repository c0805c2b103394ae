package org.farwatch.api.activities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.flow.Flow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Kinds of activities in the database. */
@Repository
class ActivityKinds {
    private final JdbcClient jdbc;

    ActivityKinds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they are offered. */
    List<ActivityKind> all() {
        Map<String, List<ActivityKind.StagePreset>> stages = new HashMap<>();
        jdbc.sql("select kind, zh, en, recording, basis from activity_stage_preset order by kind, position")
                .query(row -> {
                    stages.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new ActivityKind.StagePreset(
                                    row.getString(2),
                                    row.getString(3),
                                    Flow.read(ActivityKind.Recording.class, row.getString(4)),
                                    row.getString(5)));
                });
        return jdbc.sql("select code, zh, en, preset from activity_kind order by position, code")
                .query((row, _) -> new ActivityKind(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        List.copyOf(stages.getOrDefault(row.getString(1), List.of()))))
                .list();
    }
}

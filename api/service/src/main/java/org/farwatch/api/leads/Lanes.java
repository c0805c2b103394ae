package org.farwatch.api.leads;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which lanes an alert of a kind may go into. The table is data; a lane that no feature takes on is in no answer. */
@Component
class Lanes {
    private final JdbcClient jdbc;
    private final Map<String, Lane> lanes;

    Lanes(JdbcClient jdbc, List<Lane> lanes) {
        this.jdbc = jdbc;
        this.lanes = lanes.stream().collect(Collectors.toMap(Lane::label, Function.identity()));
    }

    /** @param first whether it is the one that is proposed */
    record Fitting(String kind, String lane, boolean first) {}

    /** All kinds; within a kind the proposed lane first. */
    List<Fitting> all() {
        return jdbc
                .sql("select kind, lane, first from lane_rule order by kind, not first, lane")
                .query((row, _) -> new Fitting(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list()
                .stream()
                .filter(each -> lanes.containsKey(each.lane()))
                .toList();
    }

    /**
     * The lane of that name, if an alert of the kind may go into it.
     *
     * @throws Refusal 400 naming those into which it may
     */
    Lane require(String kind, String label) {
        List<String> fitting = all().stream()
                .filter(each -> each.kind().equals(kind))
                .map(Fitting::lane)
                .toList();
        if (!fitting.contains(label)) {
            String rule = fitting.isEmpty()
                    ? "must be absent: an alert of kind " + kind + " goes into no lane"
                    : "must be one of " + String.join(", ", fitting) + " for an alert of kind " + kind;
            throw Refusal.field("lane", rule + ", was " + label);
        }
        return lanes.get(label);
    }
}

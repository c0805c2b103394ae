package org.farwatch.api.live;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import org.farwatch.api.access.Role;

/** What can be subscribed to on {@code WS /api/v1/live}, and by whom. A topic names its roles like a route does. */
public enum Topic {
    POSITIONS("positions", Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER),
    ALERTS("alerts", Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER),
    DEVICES("devices", Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR),
    POSTS("posts", Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER);

    private final String label;
    private final Set<Role> roles;

    Topic(String label, Role... roles) {
        this.label = label;
        this.roles = Set.of(roles);
    }

    @JsonValue
    public String label() {
        return label;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static Topic of(String label) {
        for (Topic topic : values()) {
            if (topic.label.equals(label)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("topic must be one of positions, alerts, devices, posts; was " + label);
    }
}

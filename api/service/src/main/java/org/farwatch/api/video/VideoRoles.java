package org.farwatch.api.video;

import java.util.Set;
import org.farwatch.api.access.Role;

/** Who may see pictures. */
final class VideoRoles {
    static final Set<Role> WATCH = Set.of(Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER);

    private VideoRoles() {}
}

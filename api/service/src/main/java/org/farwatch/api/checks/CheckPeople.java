package org.farwatch.api.checks;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who can be sent: inspectors, and legal reviewers where recordings are checked. */
@Repository
class CheckPeople {
    private final JdbcClient jdbc;

    CheckPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Somebody who can be sent.
     *
     * @param own whether the squad that is checked is his own: he is an officer of it or limited to it
     */
    record Candidate(String id, String name, boolean own) {}

    /** By name. */
    List<Candidate> candidates(CheckKind kind, long squadNo) {
        return jdbc.sql("""
                        select u.id::text, u.display_name,
                            exists (select from user_squad where user_id = u.id and squad_id = :squad)
                                or exists (select from officer where id = u.officer_id and squad_id = :squad)
                        from app_user u where not u.disabled and u.roles && :roles::text[] order by u.display_name, u.id""")
                .param("squad", squadNo)
                .param(
                        "roles",
                        kind == CheckKind.RECORDING
                                ? new String[] {Role.INSPECTOR.label(), Role.LEGAL_REVIEWER.label()}
                                : new String[] {Role.INSPECTOR.label()})
                .query((row, _) -> new Candidate(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list();
    }

    /**
     * Those who are named.
     *
     * @param level of the task: nobody checks his own squad for the bureau, and nobody but its own for a squad
     * @throws Refusal 400 naming the one who cannot be sent
     */
    List<Long> require(List<String> ids, CheckKind kind, long squadNo, String level) {
        List<Candidate> all = candidates(kind, squadNo);
        boolean ofSquad = level.equals(InspectionTask.SQUAD);
        List<Long> found = new ArrayList<>();
        for (String id : ids.stream().distinct().toList()) {
            Candidate person = all.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Refusal.field("persons", "names nobody who does such checks: " + id));
            if (person.own() != ofSquad) {
                throw Refusal.field(
                        "persons",
                        ofSquad
                                ? "must be inspectors of the squad; " + person.name() + " is none"
                                : "must not be of the squad that is checked; " + person.name() + " is");
            }
            found.add(Long.valueOf(id));
        }
        return found;
    }
}

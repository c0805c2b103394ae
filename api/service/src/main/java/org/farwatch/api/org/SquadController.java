package org.farwatch.api.org;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /squads}: 中队. */
@RestController
@RequestMapping("/api/v1/squads")
class SquadController {
    private static final String SUBJECT = "squad";

    private final JdbcClient jdbc;
    private final AuditLog audit;

    SquadController(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    record Squad(String id, String name, int version) {}

    record NewSquad(@NotBlank @Size(max = 100) String name) {}

    record SquadChange(
            int version, @NotBlank @Size(max = 100) String name) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.OFFICER, Role.ADMINISTRATOR})
    Page<Squad> squads(DataScope scope) {
        List<Squad> squads = jdbc.sql("""
                        select id, name, version from squad
                        where :everything or id = any(:squads) order by name, id""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Squad(row.getString("id"), row.getString("name"), row.getInt("version")))
                .list();
        return Page.all(squads);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Squad create(@Valid @RequestBody NewSquad wanted, Caller caller) {
        caller.scope().requireEverything("squads are made");
        try {
            long id = jdbc.sql("insert into squad (name) values (:name) returning id")
                    .param("name", wanted.name().strip())
                    .query(Long.class)
                    .single();
            Squad squad = new Squad(Long.toString(id), wanted.name().strip(), 1);
            audit.record(caller, "create", SUBJECT, squad.id(), null, squad);
            return squad;
        } catch (DuplicateKeyException e) {
            throw Refusal.field("name", "is taken by another squad: " + wanted.name());
        }
    }

    @PatchMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Squad change(@PathVariable String id, @Valid @RequestBody SquadChange change, Caller caller, DataScope scope) {
        Squad before = jdbc.sql("""
                        select id, name, version from squad
                        where id = :id and (:everything or id = any(:squads)) for update""")
                .param("id", Ids.parse(SUBJECT, id))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> new Squad(row.getString("id"), row.getString("name"), row.getInt("version")))
                .optional()
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != change.version()) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        try {
            jdbc.sql("update squad set name = :name, version = version + 1 where id = :id")
                    .param("name", change.name().strip())
                    .param("id", Ids.parse(SUBJECT, id))
                    .update();
        } catch (DuplicateKeyException e) {
            throw Refusal.field("name", "is taken by another squad: " + change.name());
        }
        Squad after = new Squad(id, change.name().strip(), before.version() + 1);
        audit.record(caller, "change", SUBJECT, id, before, after);
        return after;
    }
}

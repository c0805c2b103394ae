package org.farwatch.api.org;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /officers}: 执法队员. */
@RestController
@RequestMapping("/api/v1/officers")
class OfficerController {
    private static final String SUBJECT = "officer";
    private static final String SELECT = """
            select o.id, o.name, o.number, o.squad_id, u.id as user_id, o.version
            from officer o left join app_user u on u.officer_id = o.id
            """;

    private final JdbcClient jdbc;
    private final AuditLog audit;

    OfficerController(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * @param number service number on the badge
     * @param userId the user he logs in as, null when none
     */
    record Officer(String id, String name, String number, String squadId, String userId, int version) {}

    record NewOfficer(
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = 40) String number,
            @NotBlank String squadId) {}

    record OfficerChange(
            int version,
            @Size(min = 1, max = 100) String name,
            @Size(min = 1, max = 40) String number,
            String squadId) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Officer> officers(@RequestParam(required = false) String squadId, DataScope scope) {
        return Page.all(jdbc.sql(SELECT + """
                         where (:everything or o.squad_id = any(:squads))
                            and (:squadId::bigint is null or o.squad_id = :squadId::bigint)
                        order by o.name, o.id""")
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .param("squadId", Ids.field("squadId", squadId))
                .query((row, _) -> read(row))
                .list());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Officer create(@Valid @RequestBody NewOfficer wanted, Caller caller) {
        Long squadNo = caller.scope().squadOfNew(wanted.squadId());
        try {
            long id = jdbc.sql("""
                            insert into officer (name, number, squad_id) values (:name, :number, :squadId) returning id""")
                    .param("name", wanted.name().strip())
                    .param("number", wanted.number().strip())
                    .param("squadId", squadNo)
                    .query(Long.class)
                    .single();
            Officer officer = find(id, caller.scope()).orElseThrow();
            audit.record(caller, "create", SUBJECT, officer.id(), null, officer);
            return officer;
        } catch (DuplicateKeyException e) {
            throw Refusal.field("number", "belongs to another officer: " + wanted.number());
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
    }

    @PatchMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Officer change(@PathVariable String id, @Valid @RequestBody OfficerChange change, Caller caller, DataScope scope) {
        long key = Ids.parse(SUBJECT, id);
        jdbc.sql("select 1 from officer where id = :id for update")
                .param("id", key)
                .query()
                .listOfRows();
        Officer before = find(key, scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (before.version() != change.version()) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Long squadNo = scope.squadNamed(change.squadId());
        try {
            jdbc.sql("""
                    update officer set name = coalesce(:name, name), number = coalesce(:number, number),
                        squad_id = coalesce(:squadId::bigint, squad_id), version = version + 1 where id = :id""")
                    .param("name", change.name())
                    .param("number", change.number())
                    .param("squadId", squadNo)
                    .param("id", key)
                    .update();
        } catch (DuplicateKeyException e) {
            throw Refusal.field("number", "belongs to another officer: " + change.number());
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(change.squadId());
        }
        Officer after = find(key, scope).orElseThrow();
        audit.record(caller, "change", SUBJECT, id, before, after);
        return after;
    }

    private Optional<Officer> find(long id, DataScope scope) {
        return jdbc.sql(SELECT + " where o.id = :id and (:everything or o.squad_id = any(:squads))")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> read(row))
                .optional();
    }

    private static Officer read(ResultSet row) throws SQLException {
        return new Officer(
                row.getString("id"),
                row.getString("name"),
                row.getString("number"),
                row.getString("squad_id"),
                row.getString("user_id"),
                row.getInt("version"));
    }
}

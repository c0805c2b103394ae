package org.farwatch.api.duty;

import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a scanner read or somebody typed: the service number of an officer, or the id, the number in its protocol or the
 * name of a device; also as the end of an address, as a QR label has it. Upper and lower case are one.
 */
@Component
class ScannedCode {
    private final JdbcClient jdbc;

    ScannedCode(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Officer(String id, String name, String number, String squadName) {}

    record Device(String id, String name, String kind) {}

    /** What the text can mean; at most two of each, which is too many already. */
    record Meaning(List<Officer> officers, List<Device> devices) {}

    Meaning of(String text, DataScope scope) {
        String code = bare(text);
        return new Meaning(
                jdbc.sql("""
                                select o.id, o.name, o.number, q.name as squad from officer o join squad q on q.id = o.squad_id
                                where lower(o.number) = :code and (:everything or o.squad_id = any(:squads)) limit 2""")
                        .param("code", code)
                        .param("everything", scope.everything())
                        .param("squads", scope.squadArray())
                        .query((row, _) -> new Officer(
                                row.getString(1), row.getString(2), row.getString(3), row.getString("squad")))
                        .list(),
                jdbc.sql("""
                                select id, name, kind from device
                                where (lower(id) = :code or lower(protocol_id) = :code or lower(name) = :code)
                                    and (:everything or squad_id = any(:squads)) limit 2""")
                        .param("code", code)
                        .param("everything", scope.everything())
                        .param("squads", scope.squadArray())
                        .query((row, _) -> new Device(row.getString(1), row.getString(2), row.getString(3)))
                        .list());
    }

    /** By his id, as an earlier reading gave it. */
    List<Officer> officer(long id, DataScope scope) {
        return jdbc.sql("""
                        select o.id, o.name, o.number, q.name as squad from officer o join squad q on q.id = o.squad_id
                        where o.id = :id and (:everything or o.squad_id = any(:squads))""")
                .param("id", id)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) ->
                        new Officer(row.getString(1), row.getString(2), row.getString(3), row.getString("squad")))
                .list();
    }

    /** The code itself, without an address before it, in lower case. */
    static String bare(String text) {
        String code = text.strip();
        String lower = code.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            int end = code.indexOf('?') < 0 ? code.length() : code.indexOf('?');
            code = code.substring(code.lastIndexOf('/', end - 1) + 1, end);
        }
        return code.toLowerCase(Locale.ROOT);
    }
}

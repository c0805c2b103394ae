package org.farwatch.api.proof;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.farwatch.ingest.record.HashAlgorithm;

/**
 * A log of the house whose entries are chained. The hash of an entry is over this text in UTF-8, every line ended by a
 * line feed; a field is its length in bytes, a colon and its value, or {@code -} where it has none, so that no value can
 * pass for two:
 *
 * <pre>
 * farwatch log entry 1
 * log=audit
 * id=&lt;of the entry&gt;
 * at=&lt;microseconds since 1970 UTC&gt;
 * username=5:admin
 * &hellip;
 * </pre>
 *
 * Its chain value is the hash of
 *
 * <pre>
 * farwatch log 1
 * previous=&lt;chain value before; of the first, {@link #beginning}&gt;
 * log=audit
 * sequence=&lt;from 1, without gaps, in the order in which entries were committed&gt;
 * entry=&lt;hash of the entry&gt;
 * </pre>
 */
enum Log {
    AUDIT("audit_log", List.of("username", "action", "subject", "subject_id", "before", "after", "address")),
    VIEW(
            "view_log",
            List.of("username", "purpose", "kind", "subject_id", "subject_name", "range_from", "range_to", "address"));

    private final String table;
    private final List<String> fields;
    private final String columns;

    Log(String table, List<String> fields) {
        this.table = table;
        this.fields = fields;
        // Times as numbers: their text would depend on the connection's time zone.
        this.columns = "r.id as row_id, " + micros("at")
                + String.join(
                        "",
                        fields.stream()
                                .map(field ->
                                        field.startsWith("range_") ? ", " + micros(field) : ", r." + field + "::text")
                                .toList());
    }

    private static String micros(String column) {
        return "(extract(epoch from r." + column + ") * 1000000)::bigint::text as " + column;
    }

    /** As the API and the chain name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String table() {
        return table;
    }

    /** What {@link #text} reads, of the table's alias {@code r}; {@code row_id} is null where there is no row. */
    String columns() {
        return columns;
    }

    /** Text of the entry in this row. */
    String text(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder(256);
        text.append("farwatch log entry 1\nlog=").append(label());
        text.append("\nid=").append(row.getLong("row_id"));
        text.append("\nat=").append(row.getString("at")).append('\n');
        for (String field : fields) {
            String value = row.getString(field);
            text.append(field).append('=');
            if (value == null) {
                text.append('-');
            } else {
                text.append(value.getBytes(StandardCharsets.UTF_8).length)
                        .append(':')
                        .append(value);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Before the first entry; a constant. */
    String beginning() {
        return HashAlgorithm.SHA_256.ofText("farwatch log chain 1\n" + label() + "\n");
    }

    /** The next chain value. */
    static String chain(HashAlgorithm algorithm, String log, String previous, long sequence, String hash) {
        return algorithm.ofText("farwatch log 1\nprevious=" + previous
                + "\nlog=" + log
                + "\nsequence=" + sequence
                + "\nentry=" + hash + "\n");
    }
}

package org.farwatch.api.database;

import java.time.Instant;
import java.util.List;

/**
 * What an archive holds: its entry {@value #ENTRY}, written last.
 *
 * @param format {@value #FORMAT}; raised when an older release could not read a newer archive
 * @param madeAt when the snapshot was taken
 * @param schemaVersion Flyway version of the schema that the tables have
 * @param postgres version of the server it was taken from
 * @param withKeys whether the keys of sealed positions and the like are in it
 */
record Manifest(
        int format,
        Instant madeAt,
        String schemaVersion,
        String postgres,
        boolean withKeys,
        List<Table> tables,
        List<Sequence> sequences,
        List<File> files) {
    static final String ENTRY = "manifest.json";
    static final int FORMAT = 1;
    static final String TABLES = "tables/";
    static final String EVIDENCE = "evidence/";
    static final String KEYS = "keys/";

    /**
     * A table: entry {@code tables/<name>.copy} in PostgreSQL's COPY text format, times in UTC, one line a row.
     *
     * @param columns in the order of the fields
     * @param bytes of the entry, uncompressed
     */
    record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        String entry() {
            return TABLES + name + ".copy";
        }
    }

    /**
     * An identity column's sequence.
     *
     * @param called whether {@code value} has been given out, as setval's third argument
     */
    record Sequence(String table, String column, long value, boolean called) {}

    /** @param entry {@code evidence/...} or {@code keys/...}, the path below FARWATCH_HOME */
    record File(String entry, long bytes, String sha256) {}
}

package org.farwatch.api.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.HashAlgorithm;
import org.farwatch.ingest.record.KeptRoot;
import org.farwatch.ingest.record.LogHead;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A whole log as a file that proves itself elsewhere. The first line is {@code farwatch log document 1 <log>}; each other
 * one is an entry: sequence, chain value, hash and text (Base64; {@code -} where it was deleted), with blanks between.
 */
@Component
public class LogDocument {
    private static final String HEAD = "farwatch log document 1 ";
    private static final String NONE = "-";
    private static final int AT_ONCE = 1_000;
    /** Of a line: an entry's before and after are a record each, not files. */
    private static final int LONGEST = 16 * 1_048_576;

    private final JdbcClient jdbc;

    LogDocument(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes what is chained now; the stream stays open. */
    void write(Log log, OutputStream out) throws IOException {
        out.write((HEAD + log.label() + "\n").getBytes(StandardCharsets.US_ASCII));
        long[] after = {0};
        long before = -1;
        while (after[0] != before) {
            before = after[0];
            jdbc.sql("select l.sequence, l.hash, l.chain, " + log.columns() + " from log_link l left join "
                            + log.table() + " r on r.id = l.entry where l.log = :log and l.sequence > :after"
                            + " order by l.sequence limit " + AT_ONCE)
                    .param("log", log.label())
                    .param("after", after[0])
                    .query((ResultSet row) -> {
                        after[0] = row.getLong("sequence");
                        row.getLong("row_id");
                        String text = row.wasNull()
                                ? NONE
                                : Base64.getEncoder()
                                        .encodeToString(log.text(row).getBytes(StandardCharsets.UTF_8));
                        String line = after[0] + " " + row.getString("chain") + " " + row.getString("hash") + " " + text
                                + "\n";
                        try {
                            out.write(line.getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /** Whether a file begins as one. */
    public static boolean begins(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith(HEAD);
    }

    /** What {@link #verify} found. */
    public enum Found {
        INTACT,
        NOT_INTACT,
        /** It is no log, or nothing compared with what was kept elsewhere. */
        NOT_CHECKED
    }

    /**
     * {@code verify} of such a file, in words on standard output: needs no database.
     *
     * @param trusted whether a key of this fingerprint may sign
     * @param roots day roots kept elsewhere, null when none were given
     */
    public static Found verify(BufferedReader lines, Predicate<String> trusted, List<KeptRoot> roots)
            throws IOException {
        String name = lines.readLine().substring(HEAD.length());
        Log log = null;
        for (Log each : Log.values()) {
            log = each.label().equals(name) ? each : log;
        }
        if (log == null) {
            System.err.println("Farwatch cannot verify: there is no log " + name);
            return Found.NOT_CHECKED;
        }
        Map<Long, LogHead> kept = new TreeMap<>();
        Map<Long, DayRoot> days = new TreeMap<>();
        for (KeptRoot root : roots == null ? List.<KeptRoot>of() : roots) {
            root.document()
                    .filter(document -> document.logs() != null && trusted.test(document.fingerprint()))
                    .ifPresent(document -> document.logs().stream()
                            .filter(head -> head.log().equals(name))
                            .forEach(head -> {
                                kept.put(head.sequence(), head);
                                days.put(head.sequence(), document);
                            }));
        }
        long sequence = 0;
        long deleted = 0;
        long compared = 0;
        String chain = log.beginning();
        String line;
        while ((line = line(lines)) != null) {
            String[] parts = line.split(" ", -1);
            String wrong = parts.length == 4 ? wrong(name, sequence + 1, chain, parts) : "is no entry";
            if (wrong != null) {
                System.out.println("ALTERED    " + name + " log, entry " + (sequence + 1) + " " + wrong);
                return Found.NOT_INTACT;
            }
            sequence++;
            chain = parts[1];
            deleted += parts[3].equals(NONE) ? 1 : 0;
            LogHead head = kept.get(sequence);
            if (head != null && !head.chain().equals(chain)) {
                System.out.println("REWRITTEN  " + name + " log, entry " + sequence + ": the root of "
                        + days.get(sequence).day() + " names " + head.chain());
                return Found.NOT_INTACT;
            }
            compared = head == null ? compared : sequence;
        }
        for (long named : kept.keySet()) {
            if (named > sequence) {
                System.out.println("MISSING    " + name + " log, entry " + (sequence + 1) + ": the root of "
                        + days.get(named).day() + " names entry " + named);
                return Found.NOT_INTACT;
            }
        }
        System.out.println("intact     " + name + " log: " + sequence + " entries, " + deleted
                + " of them deleted by age, chain " + chain);
        if (compared == 0) {
            System.out.println("not shown  what somebody with the database made anew as a whole: compare with day roots"
                    + " kept elsewhere (--roots, documents)");
            return roots == null ? Found.INTACT : Found.NOT_CHECKED;
        }
        System.out.println("kept       the root of " + days.get(compared).day() + " agrees to entry " + compared);
        return Found.INTACT;
    }

    /** @return null when nothing is */
    private static String wrong(String log, long sequence, String previous, String[] parts) {
        if (!parts[0].equals(Long.toString(sequence))) {
            return "is not there";
        }
        if (!HashAlgorithm.made(parts[1]) || !HashAlgorithm.made(parts[2])) {
            return "has no hash";
        }
        HashAlgorithm algorithm = HashAlgorithm.of(parts[1]);
        if (!Log.chain(algorithm, log, previous, sequence, parts[2]).equals(parts[1])) {
            return "does not follow the one before";
        }
        try {
            return parts[3].equals(NONE)
                            || algorithm
                                    .of(Base64.getDecoder().decode(parts[3]))
                                    .equals(parts[2])
                    ? null
                    : "is not what was written";
        } catch (IllegalArgumentException _) {
            return "is no Base64";
        }
    }

    private static String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int read;
        while ((read = lines.read()) >= 0 && read != '\n') {
            line.append((char) read);
            if (line.length() > LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " characters");
            }
        }
        return read < 0 && line.isEmpty() ? null : line.toString();
    }
}

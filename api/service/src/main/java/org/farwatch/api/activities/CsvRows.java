package org.farwatch.api.activities;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.farwatch.api.web.Refusal;

/**
 * Comma-separated values (RFC 4180) as spreadsheets write them here: UTF-8 with or without a mark, otherwise GB18030; any
 * line ends. Lines without content are left out.
 */
final class CsvRows {
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));
    private static final char MARK = '\ufeff';
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .get();

    private CsvRows() {}

    /** @param number as the spreadsheet counts it, from 1 */
    record Row(int number, List<String> cells) {
        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /** @throws Refusal 400 for bytes that are no text, or text that is no such table */
    static List<Row> read(byte[] file) {
        String text = CHARSETS.stream()
                .flatMap(charset -> decode(file, charset).stream())
                .findFirst()
                .orElseThrow(() -> Refusal.field("file", "must be a text in UTF-8 or GB18030"));
        List<Row> rows = new ArrayList<>();
        try (CSVParser records = CSVParser.parse(text, FORMAT)) {
            for (CSVRecord record : records) {
                Row row = new Row((int) record.getRecordNumber(), record.toList());
                if (!row.isBlank()) {
                    rows.add(row);
                }
            }
        } catch (UncheckedIOException e) {
            throw refused(e.getCause(), rows);
        } catch (IOException e) {
            throw refused(e, rows);
        }
        return rows;
    }

    private static Refusal refused(IOException fault, List<Row> before) {
        if (fault instanceof CSVException) {
            int row = before.isEmpty() ? 1 : before.getLast().number() + 1;
            return Refusal.field("file", "must close the quotation mark that row " + row + " opens");
        }
        throw new UncheckedIOException(fault);
    }

    private static Optional<String> decode(byte[] file, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return Optional.of(!text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

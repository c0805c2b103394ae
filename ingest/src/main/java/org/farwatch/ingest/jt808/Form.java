package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.explain.Explanation;

/**
 * What a message is called and which fields its body has.
 *
 * @param name in English, then as the standard calls it
 */
record Form(int messageId, String name, Body body) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    /** Fields in their order; reads what the explanation has left. */
    @FunctionalInterface
    interface Body {
        void read(Explanation out, boolean v2019);
    }

    /** A message without a body. */
    static Form empty(int messageId, String name) {
        return new Form(messageId, name, (_, _) -> {});
    }

    /** BCD[6] in GMT+8, {@code zero} when all digits are. */
    static void time(Explanation out, String meaning, String zero) {
        String digits = out.digits(TerminalTime.BYTES);
        boolean none = digits.matches("0+");
        boolean readable = digits.length() == 2 * TerminalTime.BYTES;
        long millis = readable ? TerminalTime.millis(HexFormat.of().parseHex(digits), 0) : FixTimes.NO_DATE;
        String value =
                millis == FixTimes.NO_DATE ? "no such date" : TIME.format(Instant.ofEpochMilli(millis)) + " GMT+8";
        out.field(TerminalTime.BYTES, meaning + " " + (none && !zero.isEmpty() ? zero : value));
    }

    static void time(Explanation out, String meaning) {
        time(out, meaning, "");
    }

    /** A BYTE with a word for each value from 0. @return the value */
    static int choice(Explanation out, String meaning, String... words) {
        int value = Math.max(out.peek(0), 0);
        out.field(1, "%s %d: %s".formatted(meaning, value, value < words.length ? words[value] : "unknown"));
        return value;
    }

    /** A BYTE, WORD or DWORD whose bits, from 0, have names. @return the value */
    static long bits(Explanation out, int length, String meaning, String... names) {
        String digits = out.digits(length);
        long value = digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 16);
        out.field(length, meaning + " " + labels(value, names));
        return value;
    }

    /** Names of the bits that are set, from bit 0; those without a name by number. */
    static List<String> labels(long value, String... names) {
        return IntStream.range(0, Long.SIZE)
                .filter(bit -> (value >> bit & 1) != 0)
                .mapToObj(bit -> bit < names.length && !names[bit].isEmpty() ? names[bit] : "bit " + bit)
                .toList();
    }

    /** The general result of 0x0001 and 0x8001. */
    static void result(Explanation out) {
        choice(out, "result", "done", "failed", "message is wrong", "not supported", "alarm confirmed");
    }

    static void answersSerial(Explanation out) {
        out.word("answers serial %d");
    }

    /** DWORD in 1e-6 degrees. */
    static void degrees(Explanation out, String meaning, String hemisphere) {
        String digits = out.digits(4);
        long value = digits.length() == 8 ? Long.parseLong(digits, 16) : 0;
        out.field(4, "%s %.6f %s".formatted(meaning, value / 1e6, hemisphere).strip());
    }

    /** {@code count} times the same, as far as there are bytes. */
    static void times(Explanation out, long count, Runnable item) {
        for (long i = 0; i < count && out.left() > 0; i++) {
            item.run();
        }
    }
}

package org.farwatch.ingest.jt808.command;

/**
 * The name, unit and limits of a number in a command, both limits included: one place for the check and for whoever asks
 * a person for the number.
 *
 * @param unit {@code s}, {@code m}, {@code km/h}...; empty for a plain number
 */
public record Range(String field, String unit, long least, long most) {
    /** @throws IllegalArgumentException beginning with the field, naming the limits and the value */
    public long check(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be %d to %d%s, was %d"
                    .formatted(field, least, most, unit.isEmpty() ? "" : " " + unit, value));
        }
        return value;
    }

    static Range word(String field, String unit) {
        return new Range(field, unit, 0, 0xFFFF);
    }

    static Range dword(String field, String unit) {
        return new Range(field, unit, 0, 0xFFFF_FFFFL);
    }
}

package org.farwatch.api.commands;

import java.util.List;
import org.farwatch.ingest.jt808.command.Range;

/**
 * An argument of a kind of command, so that a form can be made from it.
 *
 * @param unit of a number, empty for none
 * @param least of a number or of how many there are in a list, null for the others
 * @param most likewise; of a text its bytes in GBK
 * @param options of a choice
 * @param required whether there is no initial value
 * @param initial what is taken when it is left out
 */
record CommandField(
        String name,
        Type type,
        String unit,
        Long least,
        Long most,
        List<String> options,
        boolean required,
        Object initial) {
    /** How a value is written in JSON. */
    enum Type {
        NUMBER,
        FLAG,
        TEXT,
        CHOICE,
        /** List of {@link #options}. */
        CHOICES,
        /** Local time {@code 08:30}; null for none. */
        TIME_OF_DAY,
        /** Instant; null for none. */
        INSTANT,
        /** List of numbers. */
        NUMBERS,
        /** Longitude and latitude in WGS-84. */
        PLACE,
        PLACES,
        /** List of {@code {id, value}}. */
        PARAMETERS,
        /** List of ids of parameters. */
        PARAMETER_IDS,
        /** Id of a post. */
        POST,
        /** Bytes in hex. */
        BYTES
    }

    static CommandField number(Range range) {
        return new CommandField(
                range.field(), Type.NUMBER, range.unit(), range.least(), range.most(), List.of(), true, null);
    }

    static CommandField number(Range range, long initial) {
        return new CommandField(
                range.field(), Type.NUMBER, range.unit(), range.least(), range.most(), List.of(), false, initial);
    }

    static CommandField flag(String name, boolean initial) {
        return new CommandField(name, Type.FLAG, "", null, null, List.of(), false, initial);
    }

    static CommandField text(String name, int mostBytes, String initial) {
        return new CommandField(name, Type.TEXT, "", null, (long) mostBytes, List.of(), initial == null, initial);
    }

    static CommandField choice(String name, List<String> options, String initial) {
        return new CommandField(name, Type.CHOICE, "", null, null, options, initial == null, initial);
    }

    static CommandField choices(String name, List<String> options, List<String> initial) {
        return new CommandField(name, Type.CHOICES, "", null, null, options, false, initial);
    }

    static CommandField required(String name, Type type) {
        return new CommandField(name, type, "", null, null, List.of(), true, null);
    }

    static CommandField list(String name, Type type, long least, long most) {
        return new CommandField(name, type, "", least, most, List.of(), least > 0, least > 0 ? null : List.of());
    }

    static CommandField optional(String name, Type type) {
        return new CommandField(name, type, "", null, null, List.of(), false, null);
    }
}

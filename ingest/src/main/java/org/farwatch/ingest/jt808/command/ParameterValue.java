package org.farwatch.ingest.jt808.command;

/**
 * A parameter with its value in writing: a number in decimal, a text as it is, bytes in hex.
 */
public record ParameterValue(long id, String value) {
    /**
     * One to be sent.
     *
     * @throws IllegalArgumentException naming parameter, value and rule
     */
    public static ParameterValue of(long id, String value) {
        ParameterValue made = new ParameterValue(id, value);
        made.bytes();
        return made;
    }

    byte[] bytes() {
        return Parameter.of(id).bytes(value);
    }
}

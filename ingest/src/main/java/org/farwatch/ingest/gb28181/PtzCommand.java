package org.farwatch.ingest.gb28181;

import java.util.HexFormat;

/**
 * The eight bytes that move a camera (GB/T 28181-2016 A.3): A5, 0F, address, command, two speeds, zoom speed, sum.
 *
 * @param command byte 4
 * @param first byte 5: horizontal or focus speed
 * @param second byte 6: vertical or iris speed, or the number of a preset
 * @param zoom speed 0 to 15, the high half of byte 7
 */
public record PtzCommand(int command, int first, int second, int zoom) {
    /** Stops whatever moves. */
    public static final PtzCommand STOP = new PtzCommand(0, 0, 0, 0);

    /** Stops focus and iris. */
    public static final PtzCommand STOP_LENS = new PtzCommand(0x40, 0, 0, 0);

    private static final int HEAD = 0xA5;
    private static final int VERSION = 0x0F;
    private static final int ADDRESS = 0x01;
    private static final int FASTEST = 255;
    private static final int FASTEST_ZOOM = 15;

    /** What is done with a preset. */
    public enum PresetAction {
        SET(0x81),
        CALL(0x82),
        DELETE(0x83);

        private final int command;

        PresetAction(int command) {
            this.command = command;
        }
    }

    /**
     * Moves until it is told to stop; all three 0 is {@link #STOP}.
     *
     * @param pan -1 full speed to the left to 1 to the right
     * @param tilt -1 down to 1 up
     * @param zoom -1 out to 1 in
     */
    public static PtzCommand move(double pan, double tilt, double zoom) {
        int command = bit(pan, 0, 1) | bit(tilt, 3, 2) | bit(zoom, 4, 5);
        return new PtzCommand(command, speed(pan, FASTEST), speed(tilt, FASTEST), speed(zoom, FASTEST_ZOOM));
    }

    /**
     * Moves the lens until it is told to stop.
     *
     * @param focus -1 far to 1 near
     * @param iris -1 closes to 1 opens
     */
    public static PtzCommand lens(double focus, double iris) {
        return new PtzCommand(
                0x40 | bit(focus, 1, 0) | bit(iris, 2, 3), speed(focus, FASTEST), speed(iris, FASTEST), 0);
    }

    /** @param number 1 to 255 */
    public static PtzCommand preset(PresetAction action, int number) {
        if (number < 1 || number > 255) {
            throw new IllegalArgumentException("preset must be 1 to 255, was " + number);
        }
        return new PtzCommand(action.command, 0, number, 0);
    }

    /** As it stands in PTZCmd: 16 hexadecimal digits. */
    public String hex() {
        byte[] bytes = {
            (byte) HEAD, VERSION, ADDRESS, (byte) command, (byte) first, (byte) second, (byte) (zoom << 4), 0
        };
        int sum = 0;
        for (byte one : bytes) {
            sum += one & 0xFF;
        }
        bytes[7] = (byte) sum;
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static int bit(double value, int positive, int negative) {
        return value > 0 ? 1 << positive : value < 0 ? 1 << negative : 0;
    }

    private static int speed(double value, int fastest) {
        double size = Math.min(1, Math.abs(value));
        return size > 0 ? (int) Math.max(1, Math.round(size * fastest)) : 0;
    }
}

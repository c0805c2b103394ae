package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.List;

/**
 * The status word of a location (JT/T 808-2013 and -2019, message 0x0200). Terminals of 2011 leave bits 13 to 31 zero, so
 * of them {@code beidou} proves nothing.
 *
 * @param accOn ignition on
 * @param positioned the fix is valid
 * @param outOfOperation 停运
 * @param encrypted coordinates were offset by a map plug-in
 * @param emergencyBraking forward-collision warning of the braking system, since 2019
 * @param laneDeparture lane departure warning, since 2019
 * @param load {@code empty}, {@code half}, {@code full}; {@code reserved} for the combination without a meaning
 * @param openDoors numbers of the doors that are open: 1 front, 2 middle, 3 rear, 4 driver's, 5 of the maker's choice
 * @param gps used for the fix, as are {@code beidou}, {@code glonass}, {@code galileo}
 * @param moving the vehicle moves, since 2019
 */
public record LocationStatus(
        boolean accOn,
        boolean positioned,
        boolean outOfOperation,
        boolean encrypted,
        boolean emergencyBraking,
        boolean laneDeparture,
        String load,
        boolean fuelCut,
        boolean circuitCut,
        boolean doorsLocked,
        List<Integer> openDoors,
        boolean gps,
        boolean beidou,
        boolean glonass,
        boolean galileo,
        boolean moving) {
    private static final int FIRST_DOOR = 13;
    private static final int DOORS = 5;

    /** Reads {@link org.farwatch.geo.PositionBatch#status}. */
    public static LocationStatus of(int status) {
        List<Integer> open = new ArrayList<>();
        for (int door = 0; door < DOORS; door++) {
            if (bit(status, FIRST_DOOR + door)) {
                open.add(door + 1);
            }
        }
        return new LocationStatus(
                bit(status, 0),
                bit(status, 1),
                bit(status, 4),
                bit(status, 5),
                bit(status, 6),
                bit(status, 7),
                load((status >> 8) & 3),
                bit(status, 10),
                bit(status, 11),
                bit(status, 12),
                List.copyOf(open),
                bit(status, 18),
                bit(status, 19),
                bit(status, 20),
                bit(status, 21),
                bit(status, 22));
    }

    private static boolean bit(int status, int bit) {
        return ((status >>> bit) & 1) != 0;
    }

    private static String load(int bits) {
        return switch (bits) {
            case 0 -> "empty";
            case 1 -> "half";
            case 3 -> "full";
            default -> "reserved";
        };
    }
}

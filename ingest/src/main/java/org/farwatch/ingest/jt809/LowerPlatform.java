package org.farwatch.ingest.jt809;

import java.util.Arrays;
import java.util.List;
import org.farwatch.geo.Datum;

/**
 * A subordinate platform that may log in here.
 *
 * @param id of the register
 * @param accessCode 下级平台接入码, in the header of all its messages
 * @param userId that it logs in with
 * @param cipher constants of the body's encryption, null when none are agreed
 * @param address numeric address that it must come from, null for any
 * @param createsVehicles whether vehicles that the register does not know are created
 * @param datum of the positions it sends
 */
public record LowerPlatform(
        long id,
        String name,
        long accessCode,
        long userId,
        Edition edition,
        BodyCipher cipher,
        String address,
        boolean createsVehicles,
        Datum datum) {

    /** The id of a vehicle in the register: {@code <access code>-<plate colour>-<plate>}. */
    public String protocolId(int plateColour, String plate) {
        return accessCode + "-" + plateColour + "-" + plate;
    }

    /** What {@link #protocolId} was made of: access code, plate colour, plate; null when it is none. */
    public static List<String> parts(String protocolId) {
        List<String> parts = Arrays.asList(protocolId.split("-", 3));
        boolean three = parts.size() == 3
                && parts.get(0).matches("\\d{1,10}")
                && parts.get(1).matches("\\d{1,3}")
                && !parts.get(2).isEmpty();
        return three ? parts : null;
    }
}

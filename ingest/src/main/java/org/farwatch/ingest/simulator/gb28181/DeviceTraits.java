package org.farwatch.ingest.simulator.gb28181;

import java.util.List;

/**
 * What a simulated device is like.
 *
 * @param code 20 digits
 * @param channels codes of its cameras
 * @param perMessage items of its catalogue in a message
 * @param announced SumNum; -1 says the truth
 * @param tcp whether it speaks SIP over TCP
 * @param ownSsrc whether it sends under a number of its own and does not say so
 * @param withMap whether its program streams have a map
 * @param busy whether it refuses all calls (486)
 * @param speaker how it takes sound
 */
public record DeviceTraits(
        String code,
        String password,
        List<String> channels,
        int perMessage,
        int announced,
        boolean tcp,
        boolean ownSsrc,
        boolean withMap,
        boolean busy,
        Loudspeaker speaker) {
    /** One that does everything as the standard has it. */
    public static DeviceTraits proper(String code, String password, List<String> channels) {
        return new DeviceTraits(code, password, channels, 2, -1, false, false, true, false, Loudspeaker.PROPER);
    }

    public DeviceTraits overTcp() {
        return new DeviceTraits(code, password, channels, perMessage, announced, true, ownSsrc, withMap, busy, speaker);
    }

    public DeviceTraits announcing(int sum, int split) {
        return new DeviceTraits(code, password, channels, split, sum, tcp, ownSsrc, withMap, busy, speaker);
    }

    public DeviceTraits withOwnSsrc() {
        return new DeviceTraits(code, password, channels, perMessage, announced, tcp, true, withMap, busy, speaker);
    }

    public DeviceTraits withoutMap() {
        return new DeviceTraits(code, password, channels, perMessage, announced, tcp, ownSsrc, false, busy, speaker);
    }

    public DeviceTraits refusing() {
        return new DeviceTraits(code, password, channels, perMessage, announced, tcp, ownSsrc, withMap, true, speaker);
    }

    public DeviceTraits with(Loudspeaker other) {
        return new DeviceTraits(code, password, channels, perMessage, announced, tcp, ownSsrc, withMap, busy, other);
    }

    @Override
    public String toString() {
        return "simulated device " + code;
    }
}

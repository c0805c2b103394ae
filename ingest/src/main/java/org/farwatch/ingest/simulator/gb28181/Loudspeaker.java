package org.farwatch.ingest.simulator.gb28181;

import java.time.Duration;

/**
 * How a simulated device takes sound.
 *
 * @param broadcast what it does when it is told to call
 * @param delay before it calls
 * @param link how its call asks for sound
 * @param payloadType of G.711 that its call offers: 8 is A-law, 0 µ-law
 * @param caller what its call names as itself; null is the device's code
 * @param talk whether it answers a call of the platform
 */
public record Loudspeaker(
        Broadcast broadcast, Duration delay, Link link, int payloadType, String caller, boolean talk) {
    /** As the standard has it, over UDP. */
    public static final Loudspeaker PROPER = new Loudspeaker(Broadcast.CALLS, Duration.ZERO, Link.UDP, 8, null, false);

    /** What it does when it is told to call. */
    public enum Broadcast {
        CALLS,
        /** Says OK and forgets it. */
        FORGETS,
        /** Says ERROR. */
        REFUSES,
        /** Answers the message with 405. */
        UNKNOWN
    }

    /** How sound comes. */
    public enum Link {
        UDP,
        /** The device connects. */
        CONNECTS,
        /** The platform connects. */
        LISTENS
    }

    public Loudspeaker over(Link way) {
        return new Loudspeaker(broadcast, delay, way, payloadType, caller, talk);
    }

    public Loudspeaker told(Broadcast reaction) {
        return new Loudspeaker(reaction, delay, link, payloadType, caller, talk);
    }

    public Loudspeaker after(Duration wait) {
        return new Loudspeaker(broadcast, wait, link, payloadType, caller, talk);
    }

    public Loudspeaker taking(int type) {
        return new Loudspeaker(broadcast, delay, link, type, caller, talk);
    }

    public Loudspeaker as(String code) {
        return new Loudspeaker(broadcast, delay, link, payloadType, code, talk);
    }

    public Loudspeaker talking() {
        return new Loudspeaker(broadcast, delay, link, payloadType, caller, true);
    }
}

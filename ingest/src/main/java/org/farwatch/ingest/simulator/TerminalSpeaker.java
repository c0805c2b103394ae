package org.farwatch.ingest.simulator;

import org.farwatch.ingest.jt1078.PacketWriter;

/**
 * How a simulated terminal takes sound.
 *
 * @param codec as it says in 0x1003
 * @param talks whether it takes part in a talk (0x9101, type 2)
 * @param broadcasts whether it takes a broadcast (type 4), in which it sends nothing
 */
public record TerminalSpeaker(int codec, boolean talks, boolean broadcasts) {
    /** G.711 A-law, in every way. */
    public static final TerminalSpeaker PROPER = new TerminalSpeaker(PacketWriter.G711_A, true, true);
}

package org.farwatch.ingest.jt1078;

import org.farwatch.ingest.media.voice.MuLaw;

/**
 * How sound is written for a terminal.
 *
 * @param payloadType of JT/T 1078-2016, table 12: {@link PacketWriter#G711_A} or {@link PacketWriter#G711_U}
 * @param frame samples of a packet, a byte each, 80 to {@link PacketWriter#MOST_BODY}
 */
public record SpokenSound(int payloadType, int frame) {
    /** What most terminals take: 40 ms of A-law. */
    public static final SpokenSound USUAL = new SpokenSound(PacketWriter.G711_A, 320);

    private static final int SHORTEST = 80;

    /**
     * By what a terminal says of itself in 0x1003.
     *
     * @param codec 0 where it says nothing
     * @param frame taken where it can be a packet's
     * @throws IllegalArgumentException naming a codec that is not written
     */
    public static SpokenSound said(int codec, int frame) {
        int type = codec == 0 ? PacketWriter.G711_A : codec;
        if (type != PacketWriter.G711_A && type != PacketWriter.G711_U) {
            throw new IllegalArgumentException(
                    "the terminal plays " + Sounds.name(codec) + " only (0x1003); G.711 is sent");
        }
        boolean fits = frame >= SHORTEST && frame <= PacketWriter.MOST_BODY;
        return new SpokenSound(type, fits ? frame : USUAL.frame());
    }

    /** The same sound in the terminal's codec. */
    public byte[] write(byte[] alaw) {
        return payloadType == PacketWriter.G711_U ? MuLaw.ofALaw(alaw) : alaw;
    }
}

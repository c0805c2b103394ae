package org.farwatch.ingest.media.rtp;

import java.util.Locale;
import java.util.Optional;

/** What a packet's payload is made of. */
public enum RtpContent {
    /** MPEG program stream (ISO/IEC 13818-1, 2.5). */
    PS,
    /** MPEG transport stream (RFC 2250). */
    TS,
    /** ITU-T H.264 (RFC 6184). */
    H264,
    /** ITU-T H.265 (RFC 7798). */
    H265,
    /** ITU-T G.711, A-law (RFC 3551, 4.5.14). */
    PCMA,
    /** ITU-T G.711, µ-law. */
    PCMU,
    /** ITU-T G.722; its clock says 8,000 where 16,000 samples are meant (RFC 3551, 4.5.2). */
    G722,
    /** AAC, high bit rate (RFC 3640, 3.3.6), or frames with ADTS headers. */
    AAC,
    /** Nobody has said: the bytes decide. */
    UNKNOWN;

    /**
     * The content of an encoding name of {@code a=rtpmap} (RFC 8866, 6.6), in any case.
     *
     * @return empty for what is not taken, such as a manufacturer's own
     */
    public static Optional<RtpContent> named(String encoding) {
        return switch (encoding.strip().toUpperCase(Locale.ROOT)) {
            case "PS", "MP2P" -> Optional.of(PS);
            case "MP2T", "TS" -> Optional.of(TS);
            case "H264" -> Optional.of(H264);
            case "H265", "HEVC" -> Optional.of(H265);
            case "PCMA" -> Optional.of(PCMA);
            case "PCMU" -> Optional.of(PCMU);
            case "G722" -> Optional.of(G722);
            case "MPEG4-GENERIC", "AAC" -> Optional.of(AAC);
            default -> Optional.empty();
        };
    }

    /** What the number means without a word about it (RFC 3551, 6). */
    static RtpContent ofStatic(int payloadType) {
        return switch (payloadType) {
            case 0 -> PCMU;
            case 8 -> PCMA;
            case 9 -> G722;
            case 33 -> TS;
            default -> UNKNOWN;
        };
    }
}

package org.farwatch.ingest.media.rtp;

/** How NAL units lie in packets: by the RFC of each codec. Keeps nothing. */
enum NalPacking {
    /** H.264 (RFC 6184, 5): single units, STAP-A and FU-A; what interleaves units is not taken, as no camera sends it. */
    AVC {
        @Override
        boolean take(RtpPacket packet, NalStream stream) {
            int first = octet(packet, 0);
            int type = first & 0x1f;
            if (type >= 1 && type < STAP_A) {
                stream.unit(packet.bytes(), packet.offset(), packet.length(), packet.received());
                return true;
            }
            if (type == STAP_A) {
                return stream.units(packet, 1);
            }
            if (type != FU_A || packet.length() < 2) {
                return false;
            }
            int second = octet(packet, 1);
            if ((second & BEGINS) != 0) {
                stream.begin(first & 0xe0 | second & 0x1f, 0, 1, packet.received());
            }
            stream.fragment(packet, 2, (second & ENDS) != 0);
            return true;
        }
    },
    /** H.265 (RFC 7798, 4.4): single units, AP and FU, without decoding order numbers, as cameras send it. */
    HEVC {
        @Override
        boolean take(RtpPacket packet, NalStream stream) {
            if (packet.length() < 3) {
                return false;
            }
            int first = octet(packet, 0);
            int type = first >>> 1 & 0x3f;
            if (type < AGGREGATION) {
                stream.unit(packet.bytes(), packet.offset(), packet.length(), packet.received());
                return true;
            }
            if (type == AGGREGATION) {
                return stream.units(packet, 2);
            }
            if (type != FRAGMENT) {
                return false;
            }
            int third = octet(packet, 2);
            if ((third & BEGINS) != 0) {
                stream.begin(first & 0x81 | (third & 0x3f) << 1, octet(packet, 1), 2, packet.received());
            }
            stream.fragment(packet, 3, (third & ENDS) != 0);
            return true;
        }
    };

    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int AGGREGATION = 48;
    private static final int FRAGMENT = 49;
    /** Of a fragment's header. */
    private static final int BEGINS = 0x80;

    private static final int ENDS = 0x40;

    /**
     * Gives the units of a packet that is not empty to the stream.
     *
     * @return whether it was a packet of this kind
     */
    abstract boolean take(RtpPacket packet, NalStream stream);

    private static int octet(RtpPacket packet, int at) {
        return packet.bytes()[packet.offset() + at] & 0xff;
    }
}

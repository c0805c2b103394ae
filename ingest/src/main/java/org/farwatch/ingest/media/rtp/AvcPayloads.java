package org.farwatch.ingest.media.rtp;

/** H.264 (RFC 6184, 5): single units, STAP-A and FU-A; what interleaves units is not taken, as no camera sends it. */
record AvcPayloads(NalStream stream) implements Payloads {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FU_HEADER = 2;

    @Override
    public boolean take(RtpPacket packet, long micros) {
        if (packet.length() == 0 || stream.raw(packet, micros)) {
            return true;
        }
        int first = packet.bytes()[packet.offset()] & 0xff;
        int type = first & 0x1f;
        if (type >= 1 && type < STAP_A) {
            stream.unit(packet.bytes(), packet.offset(), packet.length(), packet.received());
            return true;
        }
        if (type == STAP_A) {
            return stream.units(packet, 1);
        }
        if (type != FU_A || packet.length() < FU_HEADER) {
            return false;
        }
        int second = packet.bytes()[packet.offset() + 1] & 0xff;
        if ((second & 0x80) != 0) {
            stream.begin(first & 0xe0 | second & 0x1f, 0, 1, packet.received());
        }
        stream.fragment(packet, FU_HEADER, (second & 0x40) != 0);
        return true;
    }

    @Override
    public void before(byte[] sets, long micros, long received) {
        stream.before(sets, micros, received);
    }

    @Override
    public void lost() {
        stream.lost();
    }

    @Override
    public void end(long received) {
        stream.end();
    }

    @Override
    public int unfinished() {
        return stream.unfinished();
    }
}

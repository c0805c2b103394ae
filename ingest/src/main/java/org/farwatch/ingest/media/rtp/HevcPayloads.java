package org.farwatch.ingest.media.rtp;

/** H.265 (RFC 7798, 4.4): single units, AP and FU, without decoding order numbers, as cameras send it. */
record HevcPayloads(NalStream stream) implements Payloads {
    private static final int AGGREGATION = 48;
    private static final int FRAGMENT = 49;
    private static final int UNIT_HEADER = 2;
    private static final int FU_HEADER = 3;

    @Override
    public boolean take(RtpPacket packet, long micros) {
        if (packet.length() == 0 || stream.raw(packet, micros)) {
            return true;
        }
        if (packet.length() < FU_HEADER) {
            return false;
        }
        int first = packet.bytes()[packet.offset()] & 0xff;
        int type = first >>> 1 & 0x3f;
        if (type < AGGREGATION) {
            stream.unit(packet.bytes(), packet.offset(), packet.length(), packet.received());
            return true;
        }
        if (type == AGGREGATION) {
            return stream.units(packet, UNIT_HEADER);
        }
        if (type != FRAGMENT) {
            return false;
        }
        int second = packet.bytes()[packet.offset() + 1] & 0xff;
        int third = packet.bytes()[packet.offset() + 2] & 0xff;
        if ((third & 0x80) != 0) {
            stream.begin(first & 0x81 | (third & 0x3f) << 1, second, UNIT_HEADER, packet.received());
        }
        stream.fragment(packet, FU_HEADER, (third & 0x40) != 0);
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

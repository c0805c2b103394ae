package org.farwatch.ingest.jt808;

/**
 * One package of a long message, as a view on its frame.
 *
 * @param total packages of the message
 * @param index of this one, from 1
 * @param first what all packages of the message have in common: the serial of package 1, or the number of the medium
 * @param inBody whether the packages are numbered in the body, as 0x0801 of 2011 does, and not in the header
 * @param offset where its part of the body begins in the frame's bytes
 */
record Piece(int messageId, int total, int index, int first, boolean inBody, int serial, int offset, int length) {
    /** A package of the header (body properties bit 13). */
    static Piece ofHeader(Frame frame) {
        int index = frame.packageIndex();
        return new Piece(
                frame.messageId(),
                frame.packageTotal(),
                index,
                (frame.serial() - index + 1) & 0xFFFF,
                false,
                frame.serial(),
                frame.bodyOffset(),
                frame.bodyLength());
    }

    /** A package of 0x0801 of 2011; see {@link MediaBody#packagedIn2011}. */
    static Piece ofBody(Frame frame) {
        return new Piece(
                frame.messageId(),
                (int) MediaBody.total2011(frame),
                (int) MediaBody.index2011(frame),
                MediaBody.id(frame),
                true,
                frame.serial(),
                frame.bodyOffset() + MediaBody.PACKAGED_BYTES,
                frame.bodyLength() - MediaBody.PACKAGED_BYTES);
    }

    boolean numbered() {
        return index >= 1 && index <= total;
    }
}

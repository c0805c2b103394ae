package org.farwatch.ingest.jt809;

/**
 * What a lower platform shows to be let in (0x1001).
 *
 * @param userId given by the superior platform
 * @param password at most 8 bytes, sent in clear unless the body is encrypted
 * @param downAddress where the superior shall connect the slave link to
 * @param downPort its port
 */
public record Login(long userId, String password, String downAddress, int downPort) {
    static final int PASSWORD_BYTES = 8;
    private static final int ADDRESS_BYTES = 32;
    private static final int BYTES_2011 = 4 + PASSWORD_BYTES + ADDRESS_BYTES + 2;

    /** @return null when the body is too short for the frame's edition */
    static Login of(Frame frame) {
        int access = frame.edition() == Edition.V2019 ? 4 : 0;
        if (frame.bodyLength() < BYTES_2011 + access) {
            return null;
        }
        byte[] bytes = frame.bytes();
        int at = frame.bodyOffset();
        int address = at + 4 + PASSWORD_BYTES + access;
        return new Login(
                Wire.unsigned(bytes, at),
                Wire.text(bytes, at + 4, PASSWORD_BYTES),
                Wire.text(bytes, address, ADDRESS_BYTES),
                Wire.word(bytes, address + ADDRESS_BYTES));
    }

    byte[] write(FrameWriter writer, Edition edition, long accessCode) {
        writer.begin(MessageId.LOGIN).putDword(userId).putText(password, PASSWORD_BYTES);
        if (edition == Edition.V2019) {
            writer.putDword(accessCode);
        }
        return writer.putText(downAddress, ADDRESS_BYTES).putWord(downPort).end();
    }

    /** Without the password, whoever writes it into a log. */
    @Override
    public String toString() {
        return "login of user " + userId + ", slave link to " + downAddress + ":" + downPort;
    }
}

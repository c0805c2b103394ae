package org.farwatch.ingest.jt808;

import java.nio.charset.Charset;

/**
 * Messages from platform to terminal, in the layout and with the digits that the terminal itself used. Each method
 * begins a message in the writer; the caller ends it.
 */
final class Replies {
    /** Results of the general reply (0x8001). */
    static final int OK = 0;

    static final int FAILURE = 1;
    static final int BAD_MESSAGE = 2;
    static final int UNSUPPORTED = 3;

    /** Results of the reply to a registration (0x8100). */
    static final int REGISTERED = 0;

    static final int NO_SUCH_TERMINAL = 4;

    /** Texts of the protocol are GBK (JT/T 808 4.2). */
    static final Charset GBK = Charset.forName("GBK");

    private Replies() {}

    /** 0x8001 to a frame. */
    static void general(FrameWriter writer, Session session, Frame frame, int result) {
        general(writer, session, frame.v2019(), frame.protocolVersion(), frame.messageId(), frame.serial(), result);
    }

    /** 0x8001: serial and id of the message answered, result. */
    static void general(
            FrameWriter writer,
            Session session,
            boolean v2019,
            int protocolVersion,
            int messageId,
            int serial,
            int result) {
        writer.begin(
                        MessageId.PLATFORM_REPLY,
                        v2019,
                        protocolVersion,
                        session.phoneHigh,
                        session.phoneLow,
                        session.nextSerial())
                .putWord(serial)
                .putWord(messageId)
                .putByte(result);
    }

    /** 0x8100: serial answered, result, and the code when the terminal was accepted. */
    static void registration(FrameWriter writer, Session session, Frame frame, int result, String code) {
        begin(writer, MessageId.REGISTER_REPLY, session, frame)
                .putWord(frame.serial())
                .putByte(result)
                .putBytes(code.getBytes(GBK));
    }

    /** 0x8004: the time in UTC. */
    static void time(FrameWriter writer, Session session, Frame frame, long millis) {
        begin(writer, MessageId.TIME_REPLY, session, frame).putUtcTime(millis);
    }

    private static FrameWriter begin(FrameWriter writer, int messageId, Session session, Frame frame) {
        return writer.begin(
                messageId,
                frame.v2019(),
                frame.protocolVersion(),
                session.phoneHigh,
                session.phoneLow,
                session.nextSerial());
    }
}

package org.farwatch.ingest.jt809;

import java.time.Clock;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.UndecodedSink;

/**
 * What a city platform sends down, on either link: the answers that the standard wants, the rest counted and kept. A post
 * query (查岗) is not answered: the answer says that a person is there. Used by the link's thread and the slave link's.
 */
final class SuperiorMessages {
    private static final byte[] NOTHING = {};

    private final UpwardSettings settings;
    private final UpwardTally tally;
    private final Faults faults;
    private final UndecodedSink undecoded;
    private final Clock clock;
    private volatile int verifyCode;

    SuperiorMessages(UpwardSettings settings, UpwardTally tally, Faults faults, UndecodedSink undecoded, Clock clock) {
        this.settings = settings;
        this.tally = tally;
        this.faults = faults;
        this.undecoded = undecoded;
        this.clock = clock;
    }

    /** The code that the login was answered with; the slave link has to show it. */
    void verifyCode(int code) {
        verifyCode = code;
    }

    FrameWriter writer() {
        return new FrameWriter(settings.edition(), settings.accessCode(), settings.cipher(), clock);
    }

    /** Checks a frame and decrypts it. @return whether it can be used */
    boolean readable(Frame frame) {
        if (frame.fault() != null) {
            report(frame.fault(), frame.reason(), frame);
            return false;
        }
        if (!frame.edition(settings.edition())) {
            report(FaultKind.MALFORMED, "header: too short for the edition", frame);
            return false;
        }
        if (frame.lengthDiffers()) {
            report(FaultKind.BAD_LENGTH, frame.reason(), frame);
        }
        if (frame.encrypted()) {
            if (settings.cipher() == null) {
                report(FaultKind.ENCRYPTED, "encrypted, and no constants are agreed", frame);
                return false;
            }
            frame.decrypt(settings.cipher());
        }
        tally.lastMessage = clock.instant();
        return true;
    }

    /** @return the answer's bytes, empty when there is none */
    byte[] answer(Frame frame, FrameWriter writer) {
        return switch (frame.messageId()) {
            case MessageId.DOWN_LOGIN ->
                writer.begin(MessageId.DOWN_LOGIN_REPLY)
                        .putByte(verified(frame) ? 0 : 1)
                        .end();
            case MessageId.DOWN_LOGOUT ->
                writer.begin(MessageId.DOWN_LOGOUT_REPLY).end();
            case MessageId.DOWN_KEEPALIVE ->
                writer.begin(MessageId.DOWN_KEEPALIVE_REPLY).end();
            case MessageId.RECEIVED_COUNT -> {
                if (frame.bodyLength() >= 4) {
                    tally.confirmed.add(Wire.unsigned(frame.bytes(), frame.bodyOffset()));
                }
                yield NOTHING;
            }
            case MessageId.KEEPALIVE_REPLY, MessageId.LOGIN_REPLY, MessageId.LOGOUT_REPLY, MessageId.DOWN_BROKEN ->
                NOTHING;
            default -> {
                tally.unknownMessages.increment();
                String reason = "message %04x is not handled".formatted(frame.messageId());
                report(FaultKind.UNKNOWN_MESSAGE, reason, frame);
                undecoded.keep(Protocol.JT809, settings.name(), clock.instant(), reason, frame.copy());
                yield NOTHING;
            }
        };
    }

    boolean verified(Frame frame) {
        return frame.bodyLength() >= 4 && Wire.dword(frame.bytes(), frame.bodyOffset()) == verifyCode;
    }

    private void report(FaultKind kind, String reason, Frame frame) {
        faults.report(Protocol.JT809, kind, settings.name(), reason, frame.bytes(), 0, frame.length());
    }
}

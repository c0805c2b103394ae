package org.farwatch.ingest.jt808;

import java.io.IOException;
import org.farwatch.ingest.FaultKind;

/**
 * Takes the wrapping off messages that come in several packages or compressed, and hands what is within back to be
 * handled like any other. State belongs to the peer's event loop, that of unfinished messages to {@link Reassembly}.
 */
final class Wrappings {
    private final Jt808Server server;
    private final Terminals terminals;
    private final Deliveries deliveries;

    Wrappings(Jt808Server server, Terminals terminals, Deliveries deliveries) {
        this.server = server;
        this.terminals = terminals;
        this.deliveries = deliveries;
    }

    /** A package of a long message. Only admitted terminals have room for one, but to be let in by. */
    void packaged(Session session, Frame frame, long receiveMillis) {
        Piece piece = Piece.ofHeader(frame);
        if (frame.messageId() == MessageId.REGISTER || frame.messageId() == MessageId.AUTHENTICATE) {
            piece(session, frame, piece, receiveMillis);
        } else {
            terminals.admitted(session, frame, _ -> piece(session, frame, piece, receiveMillis));
        }
    }

    /** A package, numbered in the header or in the body. */
    void piece(Session session, Frame frame, Piece piece, long receiveMillis) {
        server.counters().packages.increment();
        switch (server.reassembly().accept(session, frame, piece, session.heardAt)) {
            case Reassembly.Outcome.Kept() -> terminals.reply(session, frame, Replies.OK);
            case Reassembly.Outcome.Refused(FaultKind fault, int result, String reason) -> {
                server.report(fault, session.phone, reason, frame);
                terminals.reply(session, frame, result);
            }
            case Reassembly.Outcome.Whole(Frame message) -> {
                server.counters().assembled.increment();
                if (piece.inBody()) {
                    deliveries.mediaOf2011(session, message, receiveMillis);
                } else {
                    terminals.dispatch(session, message, receiveMillis);
                }
            }
        }
    }

    /** 0x0901. The message within is answered for itself, once it is stored; the wrapping because it could be taken off. */
    void compressed(Session session, Frame frame, long receiveMillis) {
        try {
            Frame within = Compressed.unpack(frame, server.settings().maxFrameLength());
            terminals.reply(session, frame, Replies.OK);
            if (within.subPackage()) {
                packaged(session, within, receiveMillis);
            } else {
                terminals.dispatch(session, within, receiveMillis);
            }
        } catch (IOException e) {
            String reason = "compressed: " + e.getMessage();
            terminals.refuse(session, frame, FaultKind.BAD_BODY, reason, Replies.BAD_MESSAGE, receiveMillis);
        }
    }
}

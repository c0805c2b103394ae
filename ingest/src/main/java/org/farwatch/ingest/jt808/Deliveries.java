package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.util.Arrays;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.TerminalSink;
import org.farwatch.ingest.TerminalSink.Outcome;

/**
 * Hands what terminals send besides positions to the {@link TerminalSink} and answers when it is stored. What is not
 * stored is not answered, so that the terminal sends it again. Called on the peer's event loop; outcomes come on any
 * thread.
 */
final class Deliveries {
    private final Jt808Server server;
    private final Terminals terminals;

    Deliveries(Jt808Server server, Terminals terminals) {
        this.server = server;
        this.terminals = terminals;
    }

    /** A photograph, sound or video (0x0801). */
    void media(Session session, KnownDevice device, Frame frame, long receiveMillis) {
        TerminalMedia media = MediaBody.located(frame, device, receiveMillis);
        if (media == null) {
            unreadable(session, frame, receiveMillis);
        } else {
            hand(session, frame, media, false);
        }
    }

    /** One that a terminal of 2011 sent in packages of the body, put together. */
    void mediaOf2011(Session session, Frame frame, long receiveMillis) {
        hand(session, frame, MediaBody.unlocated(frame, session.device, receiveMillis), true);
    }

    /** Answered with 0x8001 for its (last) package and 0x8800 for the medium. */
    private void hand(Session session, Frame frame, TerminalMedia media, boolean layout2011) {
        Origin origin = Origin.of(session, frame);
        int bytes = media.content().length;
        if (!server.reassembly().take(bytes)) {
            server.report(FaultKind.OVER_LIMIT, session.phone, "medium: too many are being stored", frame);
            return;
        }
        server.sink().media(media, outcome -> {
            server.reassembly().give(bytes);
            if (taken(outcome)) {
                origin.mediaStored(server, media.mediaId(), layout2011);
            }
        });
    }

    /** The notice that there is a medium (0x0800). */
    void notice(Session session, KnownDevice device, Frame frame, long receiveMillis) {
        TerminalMedia media = MediaBody.notice(frame, device, receiveMillis);
        if (media == null) {
            unreadable(session, frame, receiveMillis);
        } else {
            Origin origin = Origin.of(session, frame);
            server.sink().media(media, outcome -> answer(origin, outcome));
        }
    }

    /** A message that is kept as a fact. */
    void report(Session session, KnownDevice device, Frame frame, long receiveMillis) {
        if (Jt808Explain.explainBody(frame).cutShort()) {
            unreadable(session, frame, receiveMillis);
            return;
        }
        Origin origin = Origin.of(session, frame);
        int from = frame.bodyOffset();
        byte[] body = Arrays.copyOfRange(frame.bytes(), from, from + frame.bodyLength());
        Instant at = Instant.ofEpochMilli(receiveMillis);
        server.sink()
                .report(
                        new TerminalReport(device, frame.messageId(), frame.v2019(), at, body),
                        outcome -> answer(origin, outcome));
    }

    private void unreadable(Session session, Frame frame, long receiveMillis) {
        String reason = "message %04x: %d bytes are too few".formatted(frame.messageId(), frame.bodyLength());
        terminals.refuse(session, frame, FaultKind.BAD_BODY, reason, Replies.BAD_MESSAGE, receiveMillis);
    }

    private void answer(Origin origin, Outcome outcome) {
        if (taken(outcome)) {
            origin.reply(server, Replies.OK);
        }
    }

    private static boolean taken(Outcome outcome) {
        return switch (outcome) {
            case STORED, DUPLICATE, OFF_DUTY -> true;
            case FAILED -> false;
        };
    }
}

package org.farwatch.ingest.jt808;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.DeviceDirectory.Registration;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;

/**
 * The terminals of one peer and what is done with their messages. Every message is answered as JT/T 808 demands,
 * positions only once they are stored. State belongs to the peer's event loop.
 */
final class Terminals {
    /** How long a refused terminal's positions are answered with a failure before the register is asked again. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final Jt808Server server;
    private final RowCollector collector;
    private final Peer peer;
    private final Positions positions;
    private final Deliveries deliveries;
    private final Wrappings wrappings;
    private final SessionTable sessions = new SessionTable();

    Terminals(Jt808Server server, RowCollector collector, Peer peer) {
        this.server = server;
        this.collector = collector;
        this.peer = peer;
        positions = new Positions(server, collector);
        deliveries = new Deliveries(server, this);
        wrappings = new Wrappings(server, this, deliveries);
    }

    boolean isEmpty() {
        return sessions.size() == 0;
    }

    /**
     * Handles one frame, good or bad; never throws for what it contains.
     *
     * @param now {@link System#nanoTime()}
     * @param receiveMillis when the frame was read, milliseconds since 1970 UTC
     */
    void handle(Frame frame, long now, long receiveMillis) {
        FaultKind fault = frame.fault();
        if (fault != null && fault != FaultKind.BAD_LENGTH) {
            server.report(fault, peer.remoteAddress(), frame.reason(), frame);
            return;
        }
        Session session = session(frame, now);
        if (session == null) {
            return;
        }
        if (fault == FaultKind.BAD_LENGTH) {
            refuse(session, frame, fault, frame.reason(), Replies.BAD_MESSAGE, receiveMillis);
        } else if (frame.encryption() != 0) {
            String reason = "body properties bits 10-12: encryption %d, no key is agreed".formatted(frame.encryption());
            refuse(session, frame, FaultKind.ENCRYPTED, reason, Replies.UNSUPPORTED, receiveMillis);
        } else if (frame.subPackage()) {
            wrappings.packaged(session, frame, receiveMillis);
        } else {
            if (frame.longerThanStated()) {
                server.report(FaultKind.BAD_LENGTH, session.phone, frame.reason(), frame);
            }
            dispatch(session, frame, receiveMillis);
        }
    }

    /** Handles a whole message. */
    void dispatch(Session session, Frame frame, long receiveMillis) {
        switch (frame.messageId()) {
            case MessageId.LOCATION, MessageId.LOCATION_BATCH -> positions(session, frame, receiveMillis);
            case MessageId.LOCATION_QUERY_REPLY, MessageId.VEHICLE_CONTROL_REPLY -> {
                server.commands().answered(session, frame);
                positions(session, frame, receiveMillis);
            }
            case MessageId.HEARTBEAT -> reply(session, frame, Replies.OK);
            case MessageId.REGISTER -> register(session, frame, receiveMillis);
            case MessageId.AUTHENTICATE -> authenticate(session, frame);
            case MessageId.LOGOUT -> {
                reply(session, frame, Replies.OK);
                leave(session);
            }
            case MessageId.QUERY_TIME -> {
                Replies.time(collector.writer(), session, frame, receiveMillis);
                send();
            }
            // A general reply is not answered.
            case MessageId.TERMINAL_REPLY -> server.commands().answered(session, frame);
            case MessageId.PARAMETERS,
                    MessageId.ATTRIBUTES,
                    MessageId.AREAS,
                    MessageId.STORED_MEDIA,
                    MessageId.CAPTURE_REPLY,
                    MessageId.VIDEO_ATTRIBUTES,
                    MessageId.RECORDINGS -> {
                server.commands().answered(session, frame);
                reply(session, frame, Replies.OK);
            }
            case MessageId.DRIVER -> {
                server.commands().answered(session, frame);
                admitted(session, frame, device -> deliveries.report(session, device, frame, receiveMillis));
            }
            case MessageId.MEDIA -> admitted(session, frame, device -> media(session, device, frame, receiveMillis));
            case MessageId.MEDIA_EVENT ->
                admitted(session, frame, device -> deliveries.notice(session, device, frame, receiveMillis));
            case MessageId.UPGRADE_RESULT,
                    MessageId.EVENT,
                    MessageId.ANSWER,
                    MessageId.INFORMATION,
                    MessageId.DRIVING_RECORD,
                    MessageId.WAYBILL,
                    MessageId.CAN_DATA,
                    MessageId.TRANSPARENT_UP ->
                admitted(session, frame, device -> deliveries.report(session, device, frame, receiveMillis));
            case MessageId.COMPRESSED -> wrappings.compressed(session, frame, receiveMillis);
            case MessageId.TERMINAL_KEY -> {
                String reason = "key of the terminal: encryption is not agreed on";
                refuse(session, frame, FaultKind.ENCRYPTED, reason, Replies.UNSUPPORTED, receiveMillis);
            }
            case MessageId.SEND_AGAIN_UP -> sendAgain(session, frame);
            default -> {
                String reason = "message id: %04x is not handled".formatted(frame.messageId());
                refuse(session, frame, FaultKind.UNKNOWN_MESSAGE, reason, Replies.UNSUPPORTED, receiveMillis);
            }
        }
    }

    private void media(Session session, KnownDevice device, Frame frame, long receiveMillis) {
        if (MediaBody.packagedIn2011(frame)) {
            wrappings.piece(session, frame, Piece.ofBody(frame), receiveMillis);
        } else {
            deliveries.media(session, device, frame, receiveMillis);
        }
    }

    private void sendAgain(Session session, Frame frame) {
        if (!server.commands().sendAgain(session, frame)) {
            reply(session, frame, Replies.FAILURE);
        }
    }

    /** Goes on with the device once the terminal is let in. */
    void admitted(Session session, Frame frame, Consumer<KnownDevice> then) {
        KnownDevice device = known(session);
        if (device == null) {
            introduce(session, frame, then);
        } else {
            session.device = device;
            then.accept(device);
        }
    }

    /** The device of an admitted session, null when it is not admitted or not in the register any more. */
    private KnownDevice known(Session session) {
        if (!session.admitted()) {
            return null;
        }
        KnownDevice device = server.directory().find(Protocol.JT808, session.phone);
        if (device == null) {
            leave(session);
        }
        return device;
    }

    private void positions(Session session, Frame frame, long receiveMillis) {
        KnownDevice device = known(session);
        if (device == null) {
            introduce(session, frame, found -> store(session, found, frame, receiveMillis));
        } else {
            store(session, device, frame, receiveMillis);
        }
    }

    private void store(Session session, KnownDevice device, Frame frame, long receiveMillis) {
        session.device = device;
        if (!positions.store(session, frame, receiveMillis)) {
            keep(session, frame, "no usable position", receiveMillis);
            reply(session, frame, Replies.BAD_MESSAGE);
        }
    }

    private void register(Session session, Frame frame, long receiveMillis) {
        Registration registration = AdmissionBody.registration(frame);
        if (registration == null) {
            String reason = "registration: %d bytes are too few".formatted(frame.bodyLength());
            refuse(session, frame, FaultKind.BAD_BODY, reason, Replies.BAD_MESSAGE, receiveMillis);
            return;
        }
        Admissions.await(peer, () -> server.directory().register(registration), admission -> {
            switch (admission) {
                case Admission.Accepted(var _, String code) ->
                    Replies.registration(collector.writer(), session, frame, Replies.REGISTERED, code);
                case Admission.Refused(Refusal reason) -> {
                    if (reason == Refusal.UNAVAILABLE) {
                        return;
                    }
                    notAdmitted(session, frame, reason);
                    Replies.registration(collector.writer(), session, frame, Replies.NO_SUCH_TERMINAL, "");
                }
            }
            send();
        });
    }

    private void authenticate(Session session, Frame frame) {
        String code = AdmissionBody.code(frame);
        Admissions.await(
                peer, () -> server.directory().authenticate(Protocol.JT808, session.phone, code), admission -> {
                    switch (admission) {
                        case Admission.Accepted(KnownDevice device, var _) -> {
                            admit(session, device);
                            reply(session, frame, Replies.OK);
                        }
                        case Admission.Refused(Refusal reason) -> {
                            if (reason != Refusal.UNAVAILABLE) {
                                notAdmitted(session, frame, reason);
                                reply(session, frame, Replies.FAILURE);
                            }
                        }
                    }
                });
    }

    /** Data before any authentication: let in where the register lets unknown terminals in. */
    private void introduce(Session session, Frame frame, Consumer<KnownDevice> then) {
        long now = session.heardAt;
        if (session.introduceAgainAt != 0 && now - session.introduceAgainAt < 0) {
            server.count(FaultKind.NOT_ADMITTED);
            reply(session, frame, Replies.FAILURE);
            return;
        }
        Admissions.await(peer, () -> server.directory().introduce(Protocol.JT808, session.phone), admission -> {
            switch (admission) {
                case Admission.Accepted(KnownDevice device, var _) -> {
                    admit(session, device);
                    then.accept(device);
                }
                case Admission.Refused(Refusal reason) -> {
                    if (reason != Refusal.UNAVAILABLE) {
                        session.introduceAgainAt = now + ASK_AGAIN.toNanos();
                        notAdmitted(session, frame, reason);
                        reply(session, frame, Replies.FAILURE);
                    }
                }
            }
        });
    }

    private void admit(Session session, KnownDevice device) {
        session.device = device;
        session.introduceAgainAt = 0;
        server.sessions().begin(session);
    }

    private void leave(Session session) {
        if (session.online) {
            server.sessions().end(session);
        }
        session.device = null;
    }

    private void notAdmitted(Session session, Frame frame, Refusal reason) {
        server.report(FaultKind.NOT_ADMITTED, session.phone, "refused: " + reason, frame);
    }

    private Session session(Frame frame, long now) {
        Session session = sessions.find(frame.phoneHigh(), frame.phoneLow());
        if (session == null) {
            if (sessions.isFull()) {
                server.report(
                        FaultKind.OVER_LIMIT,
                        peer.remoteAddress(),
                        "terminals: this connection already carries " + SessionTable.MAX_SESSIONS,
                        frame);
                return null;
            }
            session = new Session(peer, frame.phoneHigh(), frame.phoneLow(), frame.phone());
            session.v2019 = frame.v2019();
            session.protocolVersion = frame.protocolVersion();
            sessions.add(session);
        }
        session.heardAt = now;
        if (session.admitted() && !session.online) {
            // It had been silent for so long that it counted as gone.
            server.sessions().begin(session);
        }
        return session;
    }

    void reply(Session session, Frame frame, int result) {
        Replies.general(collector.writer(), session, frame, result);
        send();
    }

    private void send() {
        ByteBuf out = peer.buffer(64);
        collector.writer().end(out);
        peer.send(out);
    }

    void refuse(Session session, Frame frame, FaultKind fault, String reason, int result, long receiveMillis) {
        server.report(fault, session.phone, reason, frame);
        keep(session, frame, reason, receiveMillis);
        reply(session, frame, result);
    }

    /** Of a long message only what an ordinary one may have. */
    private void keep(Session session, Frame frame, String reason, long receiveMillis) {
        byte[] raw = Arrays.copyOf(
                frame.bytes(), Math.min(frame.length(), server.settings().maxFrameLength()));
        server.undecoded().keep(Protocol.JT808, session.phone, Instant.ofEpochMilli(receiveMillis), reason, raw);
    }

    /** Forgets a terminal that has moved to another connection. @return whether it was here */
    boolean remove(Session session) {
        session.online = false;
        TerminalCommands.connectionLost(session);
        return sessions.remove(session);
    }

    /** Ends the presence of terminals not heard since {@code since}; their admission stays. */
    void endSilent(long since) {
        sessions.each(session -> {
            if (session.online && session.heardAt - since < 0) {
                server.sessions().end(session);
            }
        });
    }

    void endAll() {
        sessions.each(session -> {
            if (session.online) {
                server.sessions().end(session);
            }
        });
        sessions.clear();
    }
}

package org.farwatch.ingest.gb28181;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.sip.SipRequest;

/** MESSAGE and NOTIFY of registered devices: read, answered, and passed on to where they belong. Any thread. */
final class Inbox {
    private final Sessions sessions;
    private final Questions questions;
    private final PositionIntake positions;
    private final ChannelSink sink;
    private final UndecodedSink undecoded;
    private final Complaints complaints;
    private final Clock clock;
    private final BiConsumer<Session, Message.Alarm> confirm;
    private final BiConsumer<Session, Message.MediaStatus> played;

    /**
     * @param confirm tells a device that its alarm has come
     * @param played takes the end of what a device plays
     */
    Inbox(
            Sessions sessions,
            Questions questions,
            PositionIntake positions,
            ChannelSink sink,
            UndecodedSink undecoded,
            Complaints complaints,
            Clock clock,
            BiConsumer<Session, Message.Alarm> confirm,
            BiConsumer<Session, Message.MediaStatus> played) {
        this.sessions = sessions;
        this.questions = questions;
        this.positions = positions;
        this.sink = sink;
        this.undecoded = undecoded;
        this.complaints = complaints;
        this.clock = clock;
        this.confirm = confirm;
        this.played = played;
    }

    void take(SipRequest request) {
        Session session = sessions.find(request.from());
        if (session == null || !session.peer().host().equals(request.peer().host())) {
            // The refusal makes a device register that was here before we began.
            complaints.refuse(request, 403, FaultKind.NOT_ADMITTED, request.method() + ": not registered from here");
            return;
        }
        sessions.heard(session, request.peer());
        if (request.body().length == 0) {
            request.answer(200);
            return;
        }
        Message message;
        try {
            message = MessageReader.read(request.body());
        } catch (IllegalArgumentException e) {
            undecoded.keep(Protocol.GB28181, session.code(), clock.instant(), e.getMessage(), request.body());
            complaints.refuse(request, 400, FaultKind.BAD_BODY, e.getMessage());
            return;
        }
        pass(request, session, message);
    }

    private void pass(SipRequest request, Session session, Message message) {
        switch (message) {
            case Message.Positions told -> {
                if (!positions.take(session.known(), told.fixes(), () -> request.answer(200))) {
                    complaints.refuse(request, 503, FaultKind.OVER_LIMIT, "positions: the store has no room");
                }
                return;
            }
            case Message.Unknown unknown -> {
                String reason = "CmdType: this service does not handle " + unknown.command();
                undecoded.keep(Protocol.GB28181, session.code(), clock.instant(), reason, request.body());
                complaints.note(request, FaultKind.UNKNOWN_MESSAGE, reason);
            }
            case Message.Keepalive alive -> told(session, alive.about(), alive.deviceTime());
            case Message.MediaStatus status -> played.accept(session, status);
            case Message.CatalogPart part -> {
                if (!part(request, session, part.sn(), part.total(), part.items(), Channel::code)) {
                    sink.changed(session.known(), part.items(), answer(request, "channels"));
                    return;
                }
            }
            case Message.CatalogChange change -> {
                sink.changed(session.known(), change.items(), answer(request, "channels"));
                return;
            }
            case Message.DeviceInfo info -> {
                told(session, info.about(), info.deviceTime());
                part(request, session, info.sn(), 1, List.of(info), Message.DeviceInfo::about);
                sink.described(session.known(), info, answer(request, "description"));
                return;
            }
            case Message.DeviceStatus status -> {
                told(session, status.about(), status.deviceTime());
                part(request, session, status.sn(), 1, List.of(status), Message.DeviceStatus::about);
            }
            case Message.RecordPart part -> part(request, session, part.sn(), part.total(), part.items(), item -> item);
            case Message.Presets presets ->
                part(request, session, presets.sn(), presets.total(), presets.items(), Message.Preset::number);
            case Message.Result result ->
                part(request, session, result.sn(), 1, List.of(result), Message.Result::about);
            case Message.Alarm alarm -> {
                Consumer<Boolean> answer = answer(request, "alarm");
                sink.alarm(session.known(), alarm, clock.instant(), stored -> {
                    answer.accept(stored);
                    if (stored && request.method().equals("MESSAGE")) {
                        confirm.accept(session, alarm);
                    }
                });
                return;
            }
        }
        request.answer(200);
    }

    /** The time of a device; that of a channel is another's. */
    private void told(Session session, String about, Instant time) {
        if (about.isEmpty() || about.equals(session.code())) {
            session.clock().told(time, clock.instant());
        }
    }

    /** What is not stored is not acknowledged: the device tells it again. */
    private Consumer<Boolean> answer(SipRequest request, String what) {
        return stored -> {
            if (stored) {
                request.answer(200);
            } else {
                complaints.refuse(request, 503, FaultKind.OVER_LIMIT, what + ": could not be stored");
            }
        };
    }

    /** @return false when nobody asked */
    private <T> boolean part(
            SipRequest request, Session session, int sn, int total, List<T> items, Function<T, Object> known) {
        Gathering gathering = questions.find(session.code(), sn);
        if (gathering == null) {
            return false;
        }
        Map<Object, T> parts = new LinkedHashMap<>();
        items.forEach(item -> parts.put(known.apply(item), item));
        if (!gathering.part(total, parts, System.nanoTime())) {
            complaints.note(request, FaultKind.OVER_LIMIT, "items: an answer has more than farwatch.gb28181.max-items");
        }
        return true;
    }
}

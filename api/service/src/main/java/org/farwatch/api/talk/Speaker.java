package org.farwatch.api.talk;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.farwatch.api.web.Refusal;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody at a microphone: gives what he says to each of his calls and tells him how far each is. A virtual thread of
 * his own writes to the socket, and closes it when the last call has ended. At most a few messages for each call come, so
 * the queue needs no other bound.
 */
final class Speaker {
    private static final String END = "";

    private final WebSocketSession session;
    private final JsonMapper json;
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger open;
    private volatile List<LoudspeakerCall> calls = List.of();
    private volatile boolean gone;

    /** @param calls that will be told of, each to its end */
    Speaker(WebSocketSession session, JsonMapper json, int calls) {
        this.session = session;
        this.json = json;
        this.open = new AtomicInteger(calls);
        Thread.ofVirtual().name("talk-" + session.getId()).start(this::write);
    }

    void begun(List<LoudspeakerCall> begun) {
        calls = List.copyOf(begun);
        if (gone) {
            close();
        }
    }

    void say(byte[] alaw) {
        calls.forEach(call -> call.say(alaw));
    }

    /** He is gone: what he said is said to its end. */
    void close() {
        gone = true;
        calls.forEach(LoudspeakerCall::finish);
        queue.add(END);
    }

    /** How far a call is. */
    void told(LoudspeakerCall call) {
        LoudspeakerCall.State state = call.state();
        Map<String, Object> members = members(call.order(), state.label());
        members.put("shout", Long.toString(call.id()));
        switch (state) {
            case CALLING -> {}
            case OPEN -> members.put("since", call.opened().toString());
            case ENDED -> {
                members.put("outcome", call.outcome().label());
                if (call.reason() != null) {
                    members.put("reason", call.reason());
                }
            }
        }
        send(members, state == LoudspeakerCall.State.ENDED);
    }

    /** A call that was not made. */
    void refused(Order order, Refusal refusal) {
        Map<String, Object> members = members(order, LoudspeakerCall.State.ENDED.label());
        members.put("outcome", TalkDesk.refused(refusal).label());
        members.put("status", refusal.status());
        members.put("reason", refusal.getMessage());
        members.putAll(refusal.extras());
        send(members, true);
    }

    private static Map<String, Object> members(Order order, String state) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("stream", Long.toString(order.stream().id()));
        members.put("state", state);
        return members;
    }

    private void send(Map<String, Object> members, boolean last) {
        queue.add(json.writeValueAsString(members));
        if (last && open.decrementAndGet() == 0) {
            queue.add(END);
        }
    }

    private void write() {
        try {
            for (String text = queue.take(); !text.equals(END); text = queue.take()) {
                session.sendMessage(new TextMessage(text));
            }
            session.close(CloseStatus.NORMAL);
        } catch (IOException | IllegalStateException e) {
            // He is gone, or took nothing for the container's send timeout: the container closes it, which ends the
            // calls.
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

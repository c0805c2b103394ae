package org.farwatch.api.talk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.handler.BinaryWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code WS /streams/{id}/talk?purpose=} and {@code WS /shouts/live?streams=&purpose=}: takes G.711 A-law, 8,000 samples
 * a second, in binary messages and says in text messages how far each loudspeaker is. Closing it ends the calls once what
 * was said is out.
 */
final class TalkSocket extends BinaryWebSocketHandler {
    static final String ONE = "/api/v1/streams/{id}/talk";
    static final String SEVERAL = "/api/v1/shouts/live";

    /** Bytes of one message: 400 ms. More at once is no sound that somebody says now. */
    static final int MOST = 20 * VoiceCall.PIECE;

    private static final UriTemplate TEMPLATE = new UriTemplate(ONE);
    private static final String ORDERS = "orders";
    private static final String SPEAKER = "speaker";
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final long STUCK_MILLIS = 10_000;

    private final TalkDesk desk;
    private final TalkSettings settings;
    private final TalkCounts counts;
    private final JsonMapper json;

    TalkSocket(TalkDesk desk, TalkSettings settings, TalkCounts counts, JsonMapper json) {
        this.desk = desk;
        this.settings = settings;
        this.counts = counts;
        this.json = json;
    }

    /** Refuses before the connection is opened, with the status that a request would get. */
    static final class Handshake implements HandshakeInterceptor {
        private final Orders orders;

        Handshake(Orders orders) {
            this.orders = orders;
        }

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            if (!(request.getPrincipal() instanceof Authentication authentication)
                    || !(authentication.getPrincipal() instanceof Caller caller)) {
                response.setStatusCode(HttpStatus.UNAUTHORIZED);
                return false;
            }
            Caller allowed = caller.only(Orders.SPEAK);
            if (allowed.roles().isEmpty()) {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                return false;
            }
            HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
            try {
                attributes.put(ORDERS, orders(request.getURI().getPath(), servlet, allowed));
                return true;
            } catch (Refusal e) {
                response.setStatusCode(HttpStatus.valueOf(e.status()));
                return false;
            }
        }

        private List<Order> orders(String path, HttpServletRequest request, Caller caller) {
            String purpose = request.getParameter("purpose");
            if (purpose == null || purpose.isBlank()) {
                throw Refusal.field("purpose", "must be given");
            }
            Viewing viewing = Viewing.unsaid(request).saying("purpose", purpose);
            String alert = request.getParameter("alertId");
            if (!path.equals(SEVERAL)) {
                return List.of(orders.one(
                        TEMPLATE.match(path).get("id"),
                        new Orders.Common(caller, viewing, ShoutKind.TALK, alert, null, null)));
            }
            String streams = request.getParameter("streams");
            List<String> ids = streams == null || streams.isBlank() ? List.of() : Arrays.asList(streams.split(","));
            return orders.several(
                    "streams", ids, new Orders.Common(caller, viewing, ShoutKind.LIVE, alert, null, null));
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {
            // Nothing of the handshake has to be undone.
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (session instanceof StandardWebSocketSession standard) {
            standard.getNativeSession().getUserProperties().put(SEND_TIMEOUT, STUCK_MILLIS);
        }
        @SuppressWarnings("unchecked")
        List<Order> orders = (List<Order>) session.getAttributes().get(ORDERS);
        Speaker speaker = new Speaker(session, json, orders.size());
        session.getAttributes().put(SPEAKER, speaker);
        Long batch = null;
        List<LoudspeakerCall> calls = new ArrayList<>();
        try {
            for (Order order : orders) {
                try {
                    LoudspeakerCall call = desk.begin(order, batch, new LiveSound(settings.buffer()), speaker::told);
                    batch = batch == null ? Long.valueOf(call.id()) : batch;
                    calls.add(call);
                } catch (Refusal e) {
                    speaker.refused(order, e);
                }
            }
        } finally {
            speaker.begun(calls);
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        byte[] sound = new byte[message.getPayload().remaining()];
        message.getPayload().get(sound);
        if (sound.length > MOST) {
            counts.refused.increment();
        } else if (session.getAttributes().get(SPEAKER) instanceof Speaker speaker) {
            speaker.say(sound);
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(SPEAKER) instanceof Speaker speaker) {
            speaker.close();
        }
    }
}

package org.farwatch.api.live;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.JsonFault;
import org.farwatch.api.web.Refusal;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code WS /api/v1/live}: reads subscriptions, answers with snapshots. */
final class LiveSocket extends TextWebSocketHandler {
    private static final String VIEWER = "viewer";
    private static final String VIEWING = "viewing";
    private static final int MAX_MESSAGE = 8 * 1024;

    private final LiveHub hub;
    private final LiveViews views;
    private final JsonMapper json;

    /**
     * @param bbox west, south, east, north in degrees, absent for everywhere
     * @param purpose why positions are looked at, for the view log; absent when none is said
     */
    record Subscription(List<Topic> subscribe, double[] bbox, String purpose) {}

    LiveSocket(LiveHub hub, LiveViews views, JsonMapper json) {
        this.hub = hub;
        this.views = views;
        this.json = json;
    }

    /** Keeps what only the request that opens the connection can say: messages come outside of any request. */
    static final class Handshake implements HandshakeInterceptor {
        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            attributes.put(VIEWING, Viewing.unsaid(((ServletServerHttpRequest) request).getServletRequest()));
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {
            // Nothing of the handshake has to be undone.
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        session.setTextMessageSizeLimit(MAX_MESSAGE);
        if (!(session.getPrincipal() instanceof Authentication authentication)
                || !(authentication.getPrincipal() instanceof Caller caller)) {
            session.close(CloseStatus.POLICY_VIOLATION);
            return;
        }
        Viewer viewer =
                new Viewer(session, caller, (Viewing) session.getAttributes().get(VIEWING));
        session.getAttributes().put(VIEWER, viewer);
        if (!hub.join(viewer)) {
            session.close(CloseStatus.SERVICE_OVERLOAD);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Viewer viewer = (Viewer) session.getAttributes().get(VIEWER);
        if (viewer == null) {
            return;
        }
        Subscription subscription;
        try {
            subscription = json.readValue(message.getPayload(), Subscription.class);
        } catch (JacksonException e) {
            Refusal.FieldError fault = JsonFault.of(e);
            refuse(viewer, fault.field() + " " + fault.message());
            return;
        }
        if (subscription.subscribe() == null || (subscription.bbox() != null && subscription.bbox().length != 4)) {
            refuse(viewer, "subscribe must be a list of topics, bbox four numbers: west, south, east, north");
            return;
        }
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (Topic topic : subscription.subscribe()) {
            if (topic == null) {
                refuse(viewer, "subscribe must be a list of topics");
                return;
            }
            if (topic.roles().stream().noneMatch(viewer.caller()::is)) {
                refuse(viewer, "topic " + topic.label() + " is not open to your roles");
                return;
            }
            topics.add(topic);
        }
        Viewing viewing;
        try {
            viewing = viewer.viewing().saying("purpose", subscription.purpose());
        } catch (Refusal refusal) {
            refuse(viewer, refusal.getMessage());
            return;
        }
        if (topics.contains(Topic.POSITIONS)) {
            viewer.logged(views.subscribed(viewer.caller(), viewing, viewer.logged(), subscription.bbox()));
        }
        viewer.subscribe(topics, subscription.bbox());
        topics.forEach(topic -> hub.greet(viewer, topic));
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(VIEWER) instanceof Viewer viewer) {
            hub.leave(viewer);
            viewer.close(status);
        }
    }

    private void refuse(Viewer viewer, String detail) {
        viewer.send(json.writeValueAsString(Map.of("topic", "error", "detail", detail)));
    }
}

package org.farwatch.api.devicerecordings;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.push.PlayOrder;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code WS /streams/{id}/device-recordings/play?from&to&purpose}: what the device recorded then, as live pictures come.
 * Takes one order a message: {@code {"pause": true}}, {@code {"resume": true}}, {@code {"speed": 0.25 to 16}}, {@code
 * {"seek": instant}}. Written into the view log before anything is asked.
 */
final class PlaySocket extends AbstractWebSocketHandler {
    static final String PATH = "/api/v1/streams/{id}/device-recordings/play";
    static final Set<Role> WATCH = Set.of(Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER);

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final UriTemplate TEMPLATE = new UriTemplate(PATH);
    private static final String TARGET = "target";
    private static final String ASKED = "asked";
    private static final String VIEWER = "viewer";
    private static final String SESSION = "play";
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final long STUCK_MILLIS = 10_000;
    private static final int MOST_ORDER = 200;

    private final Plays plays;
    private final JsonMapper json;

    PlaySocket(Plays plays, JsonMapper json) {
        this.plays = plays;
        this.json = json;
    }

    /** Refuses before the connection is opened, with the status that a request would get. */
    static final class Handshake implements HandshakeInterceptor {
        private final RecordingDesk desk;
        private final Plays plays;
        private final Assignments assignments;
        private final ViewLog views;

        Handshake(RecordingDesk desk, Plays plays, Assignments assignments, ViewLog views) {
            this.desk = desk;
            this.plays = plays;
            this.assignments = assignments;
            this.views = views;
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
            Caller allowed = caller.only(WATCH);
            if (allowed.roles().isEmpty()) {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                return false;
            }
            try {
                HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
                Viewing viewing = Viewing.unsaid(servlet).saying("purpose", servlet.getParameter("purpose"));
                RecordingDesk.Target target = desk.target(
                        TEMPLATE.match(request.getURI().getPath()).get("id"),
                        assignments.widen(allowed, viewing).scope());
                Stretch asked = RecordingDesk.asked(instant(servlet, "from"), instant(servlet, "to"), LONGEST);
                if (plays.full()) {
                    throw new Refusal(503, "too many viewers", "as many watch recordings of devices as may");
                }
                views.record(
                        caller,
                        viewing,
                        "device-recording",
                        Long.toString(target.stream().id()),
                        target.stream().name(),
                        asked.from(),
                        asked.to());
                attributes.put(TARGET, target);
                attributes.put(ASKED, asked);
                return true;
            } catch (Refusal e) {
                response.setStatusCode(HttpStatus.valueOf(e.status()));
                return false;
            }
        }

        private static Instant instant(HttpServletRequest request, String name) {
            try {
                return Instant.parse(String.valueOf(request.getParameter(name)));
            } catch (DateTimeException _) {
                throw Refusal.field(name, "must be an instant such as 2026-11-22T09:30:00Z");
            }
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {
            // Nothing of the handshake has to be undone.
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        if (!(session.getAttributes().get(TARGET) instanceof RecordingDesk.Target target)
                || !(session.getAttributes().get(ASKED) instanceof Stretch asked)
                || !(session.getPrincipal() instanceof Authentication authentication)
                || !(authentication.getPrincipal() instanceof Caller caller)) {
            session.close(CloseStatus.GOING_AWAY);
            return;
        }
        if (session instanceof StandardWebSocketSession standard) {
            standard.getNativeSession().getUserProperties().put(SEND_TIMEOUT, STUCK_MILLIS);
        }
        PictureViewer viewer = new PictureViewer(session, caller, json);
        session.getAttributes().put(VIEWER, viewer);
        PlaySession play = plays.begin(target, asked, viewer);
        if (play == null) {
            viewer.close(CloseStatus.SERVICE_OVERLOAD.withReason("the device plays this channel already"));
        } else {
            session.getAttributes().put(SESSION, play);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        if (session.getAttributes().get(SESSION) instanceof PlaySession play
                && session.getAttributes().get(VIEWER) instanceof PictureViewer viewer) {
            try {
                play.order(order(message.getPayload()));
            } catch (IllegalArgumentException e) {
                viewer.say(Map.of("error", e.getMessage()));
            }
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    private PlayOrder order(String text) {
        if (text.length() > MOST_ORDER) {
            throw new IllegalArgumentException("an order has at most " + MOST_ORDER + " characters");
        }
        JsonNode order;
        try {
            order = json.readTree(text);
        } catch (JacksonException _) {
            throw new IllegalArgumentException("an order must be JSON");
        }
        if (order.path("pause").asBoolean(false)) {
            return new PlayOrder.Pause();
        }
        if (order.path("resume").asBoolean(false)) {
            return new PlayOrder.Resume();
        }
        if (order.path("speed").isNumber()) {
            return new PlayOrder.Speed(order.path("speed").asDouble());
        }
        if (order.path("seek").isString()) {
            try {
                return new PlayOrder.Seek(
                        Instant.parse(order.path("seek").asString()).toEpochMilli());
            } catch (DateTimeException _) {
                throw new IllegalArgumentException("seek must be an instant such as 2026-11-22T09:30:00Z");
            }
        }
        throw new IllegalArgumentException("an order is one of pause, resume, speed and seek");
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(SESSION) instanceof PlaySession play) {
            play.close();
        }
        if (session.getAttributes().get(VIEWER) instanceof PictureViewer viewer) {
            viewer.close(status);
        }
    }
}

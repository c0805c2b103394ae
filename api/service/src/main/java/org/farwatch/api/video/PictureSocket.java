package org.farwatch.api.video;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code WS /streams/{id}/live?purpose=&quality=}: opens somebody's live picture and writes that into the view log first.
 * Quality {@code sub} asks for the smaller picture; where there is none, the main one comes.
 */
final class PictureSocket extends AbstractWebSocketHandler {
    static final String PATH = "/api/v1/streams/{id}/live";

    private static final UriTemplate TEMPLATE = new UriTemplate(PATH);
    private static final String VIEWER = "viewer";
    private static final String STREAM = "stream";
    private static final String QUALITY = "quality";
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final long STUCK_MILLIS = 10_000;

    private final Streams streams;
    private final JsonMapper json;

    PictureSocket(Streams streams, JsonMapper json) {
        this.streams = streams;
        this.json = json;
    }

    /** Refuses before the connection is opened, with the status that a request would get. */
    static final class Handshake implements HandshakeInterceptor {
        private final StreamTable table;
        private final Streams streams;
        private final Assignments assignments;
        private final ViewLog views;

        Handshake(StreamTable table, Streams streams, Assignments assignments, ViewLog views) {
            this.table = table;
            this.streams = streams;
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
            Caller allowed = caller.only(VideoRoles.WATCH);
            if (allowed.roles().isEmpty()) {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                return false;
            }
            String path = request.getURI().getPath();
            try {
                long id = Ids.parse(STREAM, TEMPLATE.match(path).get("id"));
                HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
                Quality quality = Quality.of(servlet.getParameter(QUALITY));
                Viewing viewing = Viewing.unsaid(servlet).saying("purpose", servlet.getParameter("purpose"));
                StreamTable.Stored stream = table.find(
                                id, assignments.widen(allowed, viewing).scope())
                        .orElseThrow(() -> Refusal.notFound(STREAM, Long.toString(id)));
                if (streams.viewers() >= streams.limit()) {
                    throw new Refusal(
                            503, "too many viewers", "no more than " + streams.limit() + " may watch at once");
                }
                views.record(caller, viewing, "live-picture", Long.toString(id), stream.name(), null, null);
                attributes.put(STREAM, id);
                attributes.put(QUALITY, quality);
                return true;
            } catch (Refusal e) {
                response.setStatusCode(HttpStatus.valueOf(e.status()));
                return false;
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
        long id = (long) session.getAttributes().get(STREAM);
        StreamSession stream = streams.session(id).orElse(null);
        if (stream == null
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
        stream.join(viewer, (Quality) session.getAttributes().get(QUALITY));
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(VIEWER) instanceof PictureViewer viewer) {
            streams.session((long) session.getAttributes().get(STREAM)).ifPresent(stream -> stream.leave(viewer));
            viewer.close(status);
        }
    }
}

package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriTemplate;

/**
 * The door of a WebSocket that is opened for one thing: somebody's picture, a device's recording, a loudspeaker. Refuses
 * before the connection is opened, with the status that a request would get.
 */
public final class SocketDoor implements HandshakeInterceptor {
    /** One who takes nothing for so long is closed. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final String ADMITTED = "admitted";

    private final Set<Role> roles;
    private final Opening opening;

    /** What is behind the door: scope, limits and the view log are its business, and come in this order. */
    @FunctionalInterface
    public interface Opening {
        /**
         * @return what the connection is for
         * @throws Refusal when it is not opened
         */
        Object open(Knock knock);
    }

    /**
     * One who may stand before it.
     *
     * @param caller as he is, for the logs
     * @param allowed reduced to the roles of the door, for what he may see
     * @param path of the request, decoded
     */
    public record Knock(Caller caller, Caller allowed, String path, HttpServletRequest request) {
        /** Where he looks from and why, by the parameter {@code purpose}. */
        public Viewing viewing() {
            return Viewing.unsaid(request).saying("purpose", parameter("purpose"));
        }

        /** Null when it is not given. */
        public String parameter(String name) {
            return request.getParameter(name);
        }

        /** A variable of the path; null when the path is not of the template. */
        public String variable(UriTemplate template, String name) {
            return template.match(path).get(name);
        }
    }

    /** Who has come in, and for what. */
    public record Admitted<T>(Caller caller, T granted) {}

    /** @param roles that may open it, each of them */
    public SocketDoor(Set<Role> roles, Opening opening) {
        this.roles = Set.copyOf(roles);
        this.opening = opening;
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
        Caller allowed = caller.only(roles);
        if (allowed.roles().isEmpty()) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            return false;
        }
        try {
            HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
            Knock knock = new Knock(caller, allowed, request.getURI().getPath(), servlet);
            attributes.put(ADMITTED, new Admitted<>(caller, opening.open(knock)));
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

    /**
     * What a connection that has just been opened is for; bounds how long sending may take on it.
     *
     * @return empty when it did not come through a door to such a thing, and is closed for it
     */
    public static <T> Optional<Admitted<T>> admitted(WebSocketSession session, Class<T> type) throws IOException {
        if (session.getAttributes().get(ADMITTED) instanceof Admitted<?>(Caller caller, Object granted)
                && type.isInstance(granted)) {
            if (session instanceof StandardWebSocketSession standard) {
                standard.getNativeSession().getUserProperties().put(SEND_TIMEOUT, STUCK.toMillis());
            }
            return Optional.of(new Admitted<>(caller, type.cast(granted)));
        }
        session.close(CloseStatus.GOING_AWAY);
        return Optional.empty();
    }
}

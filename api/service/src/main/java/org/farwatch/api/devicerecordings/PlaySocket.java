package org.farwatch.api.devicerecordings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.SocketDoor;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.video.PictureViewer;
import org.farwatch.api.web.Refusal;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code WS /streams/{id}/device-recordings/play?from&to&purpose}: what the device recorded then, as live pictures come.
 * Takes {@link PlayOrders}. Written into the view log before anything is asked.
 */
final class PlaySocket extends AbstractWebSocketHandler {
    static final String PATH = "/api/v1/streams/{id}/device-recordings/play";
    static final Set<Role> WATCH = Set.of(Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER);

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final UriTemplate TEMPLATE = new UriTemplate(PATH);
    private static final String VIEWER = "viewer";
    private static final String SESSION = "play";

    private final Plays plays;
    private final PlayOrders orders;
    private final JsonMapper json;

    PlaySocket(Plays plays, JsonMapper json) {
        this.plays = plays;
        this.orders = new PlayOrders(json);
        this.json = json;
    }

    /** What was asked for, and granted. */
    private record Wanted(RecordingDesk.Target target, Stretch stretch) {}

    static SocketDoor door(RecordingDesk desk, Plays plays, Assignments assignments, ViewLog views) {
        return new SocketDoor(WATCH, knock -> {
            Viewing viewing = knock.viewing();
            RecordingDesk.Target target = desk.target(
                    knock.variable(TEMPLATE, "id"),
                    assignments.widen(knock.allowed(), viewing).scope());
            Stretch asked = RecordingDesk.asked(instant(knock, "from"), instant(knock, "to"), LONGEST);
            if (plays.full()) {
                throw new Refusal(503, "too many viewers", "as many watch recordings of devices as may");
            }
            views.record(
                    knock.caller(),
                    viewing,
                    "device-recording",
                    Long.toString(target.stream().id()),
                    target.stream().name(),
                    asked.from(),
                    asked.to());
            return new Wanted(target, asked);
        });
    }

    private static Instant instant(SocketDoor.Knock knock, String name) {
        try {
            return Instant.parse(String.valueOf(knock.parameter(name)));
        } catch (DateTimeException _) {
            throw Refusal.field(name, "must be an instant such as 2026-11-22T09:30:00Z");
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        SocketDoor.Admitted<Wanted> admitted =
                SocketDoor.admitted(session, Wanted.class).orElse(null);
        if (admitted == null) {
            return;
        }
        Wanted wanted = admitted.granted();
        PictureViewer viewer = new PictureViewer(session, admitted.caller(), json);
        session.getAttributes().put(VIEWER, viewer);
        PlaySession play = plays.begin(wanted.target(), wanted.stretch(), viewer);
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
                play.order(orders.read(message.getPayload()));
            } catch (IllegalArgumentException e) {
                viewer.say(Map.of("error", e.getMessage()));
            }
        }
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

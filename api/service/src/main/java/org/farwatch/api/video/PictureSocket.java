package org.farwatch.api.video;

import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.SocketDoor;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.util.UriTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code WS /streams/{id}/live?purpose=&quality=}: opens somebody's live picture and writes that into the view log first.
 * Quality {@code sub} asks for the smaller picture; where there is none, the main one comes.
 */
final class PictureSocket extends AbstractWebSocketHandler {
    static final String PATH = "/api/v1/streams/{id}/live";

    private static final UriTemplate TEMPLATE = new UriTemplate(PATH);
    private static final String SUBJECT = "stream";
    private static final String WATCHING = "watching";

    private final Streams streams;
    private final JsonMapper json;

    PictureSocket(Streams streams, JsonMapper json) {
        this.streams = streams;
        this.json = json;
    }

    /** What was asked for, and granted. */
    private record Wanted(long stream, Quality quality) {}

    private record Watching(long stream, PictureViewer viewer) {}

    static SocketDoor door(StreamTable table, Streams streams, Assignments assignments, ViewLog views) {
        return new SocketDoor(VideoRoles.WATCH, knock -> {
            long id = Ids.parse(SUBJECT, knock.variable(TEMPLATE, "id"));
            Quality quality = Quality.of(knock.parameter("quality"));
            Viewing viewing = knock.viewing();
            StreamTable.Stored stream = table.find(
                            id, assignments.widen(knock.allowed(), viewing).scope())
                    .orElseThrow(() -> Refusal.notFound(SUBJECT, Long.toString(id)));
            if (stream.loudspeaker()) {
                throw new Refusal(409, "no picture", "stream " + id + " is a loudspeaker: it sends nothing");
            }
            if (streams.viewers() >= streams.limit()) {
                throw new Refusal(503, "too many viewers", "no more than " + streams.limit() + " may watch at once");
            }
            views.record(knock.caller(), viewing, "live-picture", Long.toString(id), stream.name(), null, null);
            return new Wanted(id, quality);
        });
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        SocketDoor.Admitted<Wanted> admitted =
                SocketDoor.admitted(session, Wanted.class).orElse(null);
        if (admitted == null) {
            return;
        }
        Wanted wanted = admitted.granted();
        StreamSession stream = streams.session(wanted.stream()).orElse(null);
        if (stream == null) {
            session.close(CloseStatus.GOING_AWAY);
            return;
        }
        PictureViewer viewer = new PictureViewer(session, admitted.caller(), json);
        session.getAttributes().put(WATCHING, new Watching(wanted.stream(), viewer));
        stream.join(viewer, wanted.quality());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(WATCHING) instanceof Watching(long stream, PictureViewer viewer)) {
            streams.session(stream).ifPresent(one -> one.leave(viewer));
            viewer.close(status);
        }
    }
}

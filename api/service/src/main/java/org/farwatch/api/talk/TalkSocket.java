package org.farwatch.api.talk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.api.access.SocketDoor;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.BinaryWebSocketHandler;
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
    private static final String SPEAKER = "speaker";

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

    /** What was asked for, and granted: a call of each loudspeaker. */
    private record Wanted(List<Order> orders) {}

    static SocketDoor door(Orders orders) {
        return new SocketDoor(Orders.SPEAK, knock -> new Wanted(orders(orders, knock)));
    }

    private static List<Order> orders(Orders orders, SocketDoor.Knock knock) {
        String purpose = knock.parameter("purpose");
        if (purpose == null || purpose.isBlank()) {
            throw Refusal.field("purpose", "must be given");
        }
        boolean several = knock.path().equals(SEVERAL);
        Orders.Common common = new Orders.Common(
                knock.allowed(),
                knock.viewing(),
                several ? ShoutKind.LIVE : ShoutKind.TALK,
                knock.parameter("alertId"),
                null,
                null);
        if (!several) {
            return List.of(orders.one(knock.variable(TEMPLATE, "id"), common));
        }
        String streams = knock.parameter("streams");
        List<String> ids = streams == null || streams.isBlank() ? List.of() : Arrays.asList(streams.split(","));
        return orders.several("streams", ids, common);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        SocketDoor.Admitted<Wanted> admitted =
                SocketDoor.admitted(session, Wanted.class).orElse(null);
        if (admitted == null) {
            return;
        }
        List<Order> orders = admitted.granted().orders();
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

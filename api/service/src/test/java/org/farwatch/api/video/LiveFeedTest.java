package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFrames;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/** What those get who watch a stream that changes. */
class LiveFeedTest {
    private static final MediaFormat H264 =
            format(VideoCodec.H264, "000000016742c00d8c68141f201e1108d40000000168ce3c80000000016588840a");
    private static final MediaFormat H265 = format(
            VideoCodec.H265,
            "0000000140010c01ffff01600000030090000003000003005d959409"
                    + "0000000142010101600000030090000003000003005da00280802d16595952930b9a8303037080000003008000000c84"
                    + "000000014401c073c189000000012801ac210b89");

    private final LiveFeed feed = new LiveFeed(Quality.MAIN);
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Test
    void aChangeOfCodecBeginsAnewForThoseWhoWatchAndThoseWhoCome() {
        PictureViewer early = viewer();
        feed.join(early);
        feed.begin(H264, new byte[] {1});
        feed.fragment(fragment(true, 10));
        feed.fragment(fragment(false, 11));
        await().until(() -> sent.size() == 4);
        feed.begin(H265, new byte[] {2});
        feed.fragment(fragment(false, 20));
        feed.fragment(fragment(true, 21));
        feed.fragment(fragment(false, 22));
        await().until(() -> sent.size() == 8);

        assertThat(sent.get(0)).contains("avc1.42c00d");
        assertThat(sent.subList(1, 4)).containsExactly("1", "10", "11");
        assertThat(sent.get(4)).contains("hvc1.1.6.L93.90");
        assertThat(sent.subList(5, 8)).containsExactly("2", "21", "22");

        sent.clear();
        PictureViewer late = viewer();
        feed.join(late);
        await().until(() -> sent.size() == 4);
        assertThat(sent.get(0)).contains("hvc1.1.6.L93.90");
        assertThat(sent.subList(1, 4)).containsExactly("2", "21", "22");
        early.close(CloseStatus.NORMAL);
        late.close(CloseStatus.NORMAL);
    }

    private PictureViewer viewer() {
        WebSocketSession session = (WebSocketSession) Proxy.newProxyInstance(
                WebSocketSession.class.getClassLoader(),
                new Class<?>[] {WebSocketSession.class},
                (_, method, values) -> {
                    if (method.getName().equals("sendMessage")) {
                        sent.add(
                                switch (values[0]) {
                                    case TextMessage text -> text.getPayload();
                                    case BinaryMessage bytes ->
                                        Byte.toString(bytes.getPayload().get(0));
                                    default -> throw new AssertionError(values[0]);
                                });
                    }
                    return method.getReturnType() == String.class ? "viewer" : null;
                });
        return new PictureViewer(session, null, JsonMapper.builder().build());
    }

    private static Fragment fragment(boolean key, int number) {
        return new Fragment(new byte[] {(byte) number}, key, number * 40_000L, 40_000, number * 40L, 1);
    }

    private static MediaFormat format(VideoCodec codec, String bytes) {
        VideoFrames frames = new VideoFrames(codec);
        frames.frame(HexFormat.of().parseHex(bytes), VideoFrames.START_CODES);
        return new MediaFormat(frames.format(), null);
    }
}

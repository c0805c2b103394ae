package org.farwatch.ingest.simulator.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farwatch.ingest.simulator.camera.RtspMessage.Malformed;
import org.farwatch.ingest.simulator.camera.RtspMessage.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspReaderTest {
    private static final String TWO = "OPTIONS rtsp://host/a RTSP/1.0\r\nCSeq: 1\r\n\r\n"
            + "$\u0001\u0000\u0004abc\n"
            + "GET_PARAMETER rtsp://host/a RTSP/1.0\r\nCSeq: 2\r\nSession: 77\r\nContent-Length: 6\r\n\r\na\r\n\r\nb"
            + "PLAY * RTSP/1.0\nCSeq:3\n\n";

    @Test
    void requestsAreFoundWhereverTheBytesAreCut() {
        byte[] bytes = TWO.getBytes(StandardCharsets.ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(read(bytes, cut))
                    .as("cut at %d", cut)
                    .containsExactly(
                            new Request("OPTIONS", "rtsp://host/a", Map.of("cseq", "1")),
                            new Request(
                                    "GET_PARAMETER",
                                    "rtsp://host/a",
                                    Map.of("cseq", "2", "session", "77", "content-length", "6")),
                            new Request("PLAY", "*", Map.of("cseq", "3")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'OPTIONS * RTSP/1.0|CSeq: 1|Nonsense||', BAD_REQUEST, 1",
        "'OPTIONS * RTSP/1.0||', BAD_REQUEST,",
        "'OPTIONS * RTSP/1.0|CSeq: one||', BAD_REQUEST,",
        "'OPTIONS *|CSeq: 1||', BAD_REQUEST, 1",
        "'GET / HTTP/1.1|CSeq: 1||', BAD_REQUEST, 1",
        "'OPTIONS * RTSP/2.0|CSeq: 1||', VERSION_NOT_SUPPORTED, 1",
        "'OPTIONS * RTSP/1.0|CSeq: 1|Content-Length: -1||', BAD_REQUEST, 1",
        "'OPTIONS * RTSP/1.0|CSeq: 1|Content-Length: 99999||', ENTITY_TOO_LARGE, 1",
    })
    void aFaultIsNamedAndEndsTheReading(String text, RtspStatus status, String cseq) {
        byte[] bytes = (text.replace("|", "\r\n") + TWO).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(bytes, 5)).containsExactly(new Malformed(status, cseq));
    }

    @Test
    void whatNeverEndsIsRefusedWithoutBeingKept() {
        assertThat(read(("OPTIONS " + "a".repeat(20_000)).getBytes(StandardCharsets.ISO_8859_1), 100))
                .containsExactly(new Malformed(RtspStatus.URI_TOO_LARGE, null));
        assertThat(read(
                        ("OPTIONS * RTSP/1.0\r\n" + "A: b\r\n".repeat(4_000)).getBytes(StandardCharsets.ISO_8859_1),
                        100))
                .containsExactly(new Malformed(RtspStatus.ENTITY_TOO_LARGE, null));
        assertThat(read(
                        ("OPTIONS " + "a".repeat(3_000) + " RTSP/1.0\r\nCSeq: 4\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1),
                        100))
                .containsExactly(new Malformed(RtspStatus.URI_TOO_LARGE, "4"));
    }

    private static List<Object> read(byte[] bytes, int cut) {
        EmbeddedChannel channel = new EmbeddedChannel(new RtspReader());
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, 0, cut));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut));
        List<Object> read = new ArrayList<>(channel.inboundMessages());
        channel.finishAndReleaseAll();
        return read;
    }
}

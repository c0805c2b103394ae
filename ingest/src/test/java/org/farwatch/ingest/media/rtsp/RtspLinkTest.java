package org.farwatch.ingest.media.rtsp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RtspLinkTest {
    /** More than two kernels keep of a connection that nobody reads. */
    private static final int MUCH = 64 << 20;

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aCameraThatReadsNothingIsGivenUpWhereDatagramsCome() throws IOException {
        try (ServerSocket camera = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RtspLink link = new RtspLink(
                        camera.getInetAddress().getHostAddress(),
                        camera.getLocalPort(),
                        5_000,
                        new NobodyTakes(),
                        new RtpCounters());
                Socket _ = camera.accept()) {
            link.listen(0);
            assertThatThrownBy(() -> link.send(new byte[MUCH]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reads nothing");
        }
    }

    private static final class NobodyTakes implements RtspReader.Taker {
        @Override
        public void packet(int channel, byte[] bytes, int offset, int length) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void message(RtspMessage message) {
            throw new AssertionError("nothing was said");
        }

        @Override
        public void desync() {
            throw new AssertionError("nothing was sent");
        }
    }
}

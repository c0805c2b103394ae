package org.farwatch.api.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The server of test pictures is there for as long as a test means it to be. */
class RtspServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aServerThatCrashesBeginsAgainAtItsAddressAndOneThatIsSwitchedOffDoesNot() {
        try (RtspServer server = RtspServer.start("camera=h264")) {
            int port = URI.create(server.url("camera")).getPort();
            server.crash();
            await().atMost(PATIENCE).until(() -> listens(port));

            server.switchOff();
            assertThat(listens(port)).isFalse();
            server.switchOn();
            await().atMost(PATIENCE).until(() -> listens(port));
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }
}

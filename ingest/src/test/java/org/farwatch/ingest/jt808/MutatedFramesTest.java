package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames whose checksum is right and whose content is anything. */
class MutatedFramesTest {
    private static final int[] IDS = {0x0001, 0x0002, 0x0003, 0x0004, 0x0100, 0x0102, 0x0200, 0x0201, 0x0500, 0x0704};
    private static final int FRAMES = 3_000;

    @ParameterizedTest
    @EnumSource(Layout.class)
    void noContentBreaksTheConnectionAndWhatIsAcknowledgedIsStored(Layout layout) throws IOException {
        Random random = new Random(101);
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(layout, "13812345678")) {
            for (int i = 0; i < FRAMES; i++) {
                byte[] body = new byte[random.nextInt(200)];
                random.nextBytes(body);
                if (body.length > 3 && random.nextBoolean()) {
                    // A batch that begins plausibly.
                    body[0] = 0;
                    body[1] = (byte) random.nextInt(6);
                    body[3] = 0;
                }
                int id = IDS[random.nextInt(IDS.length)];
                terminal.send(WireClient.wire(layout, "1390000000" + i % 7, id, i, body));
            }
            int probe = terminal.send(MessageId.HEARTBEAT, "");
            String answer = "";
            while (!answer.equals(general(probe, MessageId.HEARTBEAT, 0))) {
                answer = terminal.reply();
            }
            int rows = server.store.rows().size();
            assertThat(rows).isGreaterThan(FRAMES / 10);
            assertThat(server.server.counters().frames()).isEqualTo(FRAMES + 1);
            assertThat(server.server.counters().openConnections()).isEqualTo(1);
            terminal.send(MessageId.LOCATION, ServerUnderTest.location(0));
            while (!answer.endsWith("020000") || server.store.rows().size() < rows + 1) {
                answer = terminal.reply();
            }
            assertThat(server.server.counters().acknowledgedRows())
                    .isEqualTo(server.store.rows().size());
        }
    }

    @Test
    void bytesWithBitsFlippedAndLostOnTheWayNeverStopTheFramesThatAreWhole() throws IOException {
        Random random = new Random(102);
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2019, "13812345678")) {
            int whole = 0;
            for (int i = 0; i < FRAMES; i++) {
                byte[] wire = WireClient.wire(
                        Layout.V2019,
                        "13812345678",
                        MessageId.LOCATION,
                        i,
                        Hex.bytes(ServerUnderTest.location(i % 3600)));
                if (random.nextInt(4) == 0) {
                    // Between the delimiters, so that the frames around it stay whole.
                    int at = 1 + random.nextInt(wire.length - 2);
                    wire[at] = (byte) (wire[at] ^ (1 << random.nextInt(8)));
                } else {
                    whole++;
                }
                terminal.send(wire);
            }
            int probe = terminal.send(MessageId.HEARTBEAT, "");
            String answer = "";
            while (!answer.equals(general(probe, MessageId.HEARTBEAT, 0))) {
                answer = terminal.reply();
            }
            terminal.send(MessageId.HEARTBEAT, "");
            while (!answer.endsWith("000200") || answer.equals(general(probe, MessageId.HEARTBEAT, 0))) {
                answer = terminal.reply();
            }
            assertThat(server.store.rows()).hasSizeBetween(whole, whole + FRAMES / 200);
        }
    }
}

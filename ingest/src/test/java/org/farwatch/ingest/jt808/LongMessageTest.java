package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.jt808.ServerUnderTest.location;
import static org.farwatch.ingest.jt808.WireClient.general;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.TerminalSink.Outcome;
import org.farwatch.ingest.jt808.FrameReaderTest.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Messages that come in several packages, over real sockets. */
class LongMessageTest {
    private static final String PHONE = "13812345678";
    private static final int CAPTURED_PHOTO_BYTES = 6971 - 36;
    private static final PackageSettings IMPATIENT =
            new PackageSettings(100_000, 150_000, 200_000, Duration.ofMillis(500), 2, Duration.ofSeconds(30));

    /** Packages of a medium: fixed bytes, position and content, cut into {@code total} parts. */
    private static List<byte[]> photo(Layout layout, int mediaId, int serial, int total, byte[] content) {
        byte[] head = Hex.bytes("%08x 00 00 00 01".formatted(mediaId) + location(7));
        byte[] body = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, body, head.length, content.length);
        return packages(layout, MessageId.MEDIA, serial, 1, total, body);
    }

    private static List<byte[]> packages(Layout layout, int messageId, int serial, int step, int total, byte[] body) {
        List<byte[]> packages = new ArrayList<>();
        int size = (body.length + total - 1) / total;
        for (int index = 1; index <= total; index++) {
            int from = Math.min(body.length, (index - 1) * size);
            byte[] part = Arrays.copyOfRange(body, from, Math.min(body.length, from + size));
            packages.add(part(layout, messageId, serial + (index - 1) * step, total, index, part));
        }
        return packages;
    }

    private static byte[] part(Layout layout, int messageId, int serial, int total, int index, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        new FrameWriter()
                .begin(messageId, layout, PHONE, serial & 0xFFFF)
                .ofPackages(total, index)
                .putBytes(body)
                .end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        return wire;
    }

    private static byte[] content(int seed, int size) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static ServerUnderTest server(PackageSettings packages) throws IOException {
        return new ServerUnderTest(
                new Register().selfRegistering(),
                Jt808Settings.at("127.0.0.1", 0).withPackages(packages),
                RowBudget.DEFAULT_LIMIT);
    }

    /** Reads replies until one begins so. @return it and those before it */
    private static List<String> until(WireClient terminal, String beginning) throws IOException {
        List<String> replies = new ArrayList<>();
        do {
            replies.add(terminal.reply());
        } while (!replies.getLast().startsWith(beginning));
        return replies;
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aPhotographInPackagesOfAnyOrderIsAnsweredOnlyWhenItIsStored(Layout layout) throws IOException {
        byte[] content = content(1, 7_000);
        List<byte[]> packages = photo(layout, 9, 100, 8, content);
        Collections.shuffle(packages, new Random(3));
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(layout, PHONE)) {
            server.sink.hold();
            for (byte[] wire : packages.subList(0, 7)) {
                terminal.send(wire);
                assertThat(terminal.reply()).startsWith("8001 ").endsWith("080100");
            }
            terminal.send(packages.get(3));
            assertThat(terminal.reply()).as("the same once more").endsWith("080100");
            terminal.send(packages.getLast());
            await().until(() -> server.sink.held() == 1);
            assertThat(terminal.quiet()).isTrue();
            server.sink.release();
            assertThat(terminal.reply()).startsWith("8001 ").endsWith("080100");
            assertThat(terminal.reply()).isEqualTo("8800 00000009");
            assertThat(server.sink.media()).singleElement().satisfies(media -> {
                assertThat(media.content()).isEqualTo(content);
                assertThat(media.mediaId()).isEqualTo(9);
                assertThat(media.channel()).isEqualTo(1);
                assertThat(media.location()).isEqualTo(Hex.bytes(location(7)));
            });
            assertThat(server.server.packageBytes()).isZero();
        }
    }

    @Test
    void twoPhotographsWithTheSameNumberOfPackagesNeverMix() throws IOException {
        byte[] first = content(1, 5_000);
        byte[] second = content(2, 5_000);
        List<byte[]> one = photo(Layout.V2013, 1, 65_533, 6, first);
        List<byte[]> other = photo(Layout.V2013, 2, 3, 6, second);
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (int i = 0; i < 6; i++) {
                terminal.send(one.get(i));
                terminal.send(other.get(i));
            }
            until(terminal, "8800 00000001");
            until(terminal, "8800 00000002");
            assertThat(server.sink.media().get(0).content()).isEqualTo(first);
            assertThat(server.sink.media().get(1).content()).isEqualTo(second);
        }
    }

    /** The serials of a real terminal: it sent other messages between the packages. */
    @Test
    void aCapturedPhotographWhoseSerialsJumpIsPutTogether() throws IOException {
        List<JsonNode> captured = Shared.frames().stream()
                .filter(frame ->
                        frame.path("derived").path("msg_id").asString("").equals("0x0801")
                                && frame.path("derived").path("pkg_total").asInt(0) == 10)
                .toList();
        assertThat(captured).hasSize(10);
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (JsonNode frame : captured) {
                terminal.send(mended(frame.get("hex").asString()));
            }
            until(terminal, "8800 0000271d");
            byte[] photo = server.sink.media().getFirst().content();
            assertThat(photo)
                    .hasSize(CAPTURED_PHOTO_BYTES)
                    .startsWith(0xFF, 0xD8)
                    .endsWith(0xFF, 0xD9);
        }
    }

    /** Whoever published the frames replaced the phone and left the checksum. */
    private static byte[] mended(String hex) {
        String plain = hex.substring(2, hex.length() - 4);
        byte[] bytes = Hex.bytes(plain);
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean escape = bytes[i] == 0x7D && i + 1 < bytes.length && (bytes[i + 1] == 1 || bytes[i + 1] == 2);
            bytes[n++] = escape ? (byte) (0x7C + bytes[++i]) : bytes[i];
        }
        byte[] framed = Hex.bytes(FrameReaderTest.frame(Hex.text(Arrays.copyOf(bytes, n))));
        ByteBuf wire = Unpooled.buffer().writeByte(0x7E);
        for (int i = 1; i < framed.length - 1; i++) {
            boolean escaped = framed[i] == 0x7E || framed[i] == 0x7D;
            wire.writeBytes(escaped ? new byte[] {0x7D, (byte) (framed[i] - 0x7C)} : new byte[] {framed[i]});
        }
        wire.writeByte(0x7E);
        return Arrays.copyOf(wire.array(), wire.readableBytes());
    }

    @Test
    void missingPackagesAreAskedForByNumberAndMayComeWithANewSerial() throws IOException {
        byte[] content = content(1, 5_000);
        List<byte[]> packages = photo(Layout.V2013, 5, 300, 6, content);
        try (ServerUnderTest server = server(IMPATIENT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (int i : new int[] {0, 2, 3, 5}) {
                terminal.send(packages.get(i));
                terminal.reply();
            }
            assertThat(terminal.reply()).isEqualTo("8003 012c0200020005");
            terminal.send(packages.get(1));
            byte[] renumbered = part(Layout.V2013, MessageId.MEDIA, 900, 6, 5, body(packages.get(4)));
            terminal.send(renumbered);
            until(terminal, "8800 00000005");
            assertThat(server.sink.media().getFirst().content()).isEqualTo(content);
            assertThat(server.faults(FaultKind.GIVEN_UP)).isZero();
        }
    }

    private static byte[] body(byte[] wire) {
        return FrameReaderTest.only(Hex.text(wire)).body();
    }

    @Test
    void aTerminalOf2019IsAskedWithACountOfTwoBytes() throws IOException {
        List<byte[]> packages = photo(Layout.V2019, 5, 0, 3, content(1, 900));
        try (ServerUnderTest server = server(IMPATIENT);
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            terminal.send(packages.get(1));
            terminal.reply();
            assertThat(terminal.reply()).isEqualTo("8003 0000000200010003");
        }
    }

    @Test
    void aTerminalThatNeverFinishesItsPhotographIsAskedThenGivenUp() throws IOException {
        List<byte[]> packages = photo(Layout.V2013, 5, 300, 6, content(1, 5_000));
        try (ServerUnderTest server = server(IMPATIENT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(packages.getFirst());
            terminal.reply();
            assertThat(server.server.packageBytes()).isPositive();
            assertThat(terminal.reply()).startsWith("8003 012c05");
            assertThat(terminal.reply()).startsWith("8003 012c05");
            await().until(() -> server.faults(FaultKind.GIVEN_UP) == 1);
            assertThat(server.server.packageBytes()).isZero();
            assertThat(server.sink.media()).isEmpty();
            assertThat(server.server.counters().openConnections()).isEqualTo(1);
        }
    }

    @Test
    void aTerminalOnChangingConnectionsGoesOnWithItsPhotograph() throws IOException {
        byte[] content = content(1, 5_000);
        List<byte[]> packages = photo(Layout.V2013, 5, 300, 6, content);
        try (ServerUnderTest server = server(PackageSettings.DEFAULT)) {
            try (WireClient terminal = server.connect(Layout.V2013, PHONE)) {
                for (int i = 0; i < 3; i++) {
                    terminal.send(packages.get(i));
                    terminal.reply();
                }
            }
            try (WireClient terminal = server.connect(Layout.V2013, PHONE)) {
                for (int i = 3; i < 6; i++) {
                    terminal.send(packages.get(i));
                }
                until(terminal, "8800 00000005");
            }
            assertThat(server.sink.media().getFirst().content()).isEqualTo(content);
        }
    }

    @Test
    void aPhotographOverUdpIsAskedForWhereTheTerminalIsThen() throws IOException {
        byte[] content = content(1, 2_000);
        List<byte[]> packages = photo(Layout.V2013, 5, 300, 3, content);
        try (ServerUnderTest server = server(IMPATIENT);
                WireClient tcp = server.connect(Layout.V2013, PHONE);
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            tcp.send(packages.get(0));
            tcp.reply();
            send(server, udp, packages.get(2));
            assertThat(reply(udp)).endsWith("080100");
            assertThat(reply(udp)).isEqualTo("8003 012c010002");
            send(server, udp, packages.get(1));
            assertThat(reply(udp)).endsWith("080100");
            assertThat(reply(udp)).isEqualTo("8800 00000005");
            assertThat(server.sink.media().getFirst().content()).isEqualTo(content);
        }
    }

    private static void send(ServerUnderTest server, DatagramSocket socket, byte[] wire) throws IOException {
        socket.send(new DatagramPacket(wire, wire.length, server.address));
    }

    private static String reply(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(WireClient.TIMEOUT_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        Seen frame = FrameReaderTest.only(Hex.text(Arrays.copyOf(packet.getData(), packet.getLength())));
        return "%04x %s".formatted(frame.messageId(), Hex.text(frame.body()));
    }

    @Test
    void aMessageThatAnnounces65535PackagesCostsWhatItSent() throws IOException {
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(part(Layout.V2013, MessageId.MEDIA, 1, 65_535, 65_535, new byte[10]));
            assertThat(terminal.reply()).endsWith("080100");
            assertThat(server.server.packageBytes())
                    .as("the least that a package counts")
                    .isEqualTo(96);
        }
    }

    @Test
    void packagesOfNextToNothingAreBoundedAsWell() throws IOException {
        PackageSettings small =
                new PackageSettings(1_024, 1_024, 2_048, Duration.ofSeconds(20), 1, Duration.ofMinutes(1));
        try (ServerUnderTest server = server(small);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            int kept = 0;
            String answer = "";
            while (!answer.endsWith("080101") && kept < 100) {
                terminal.send(part(Layout.V2013, MessageId.MEDIA, kept, 65_535, ++kept, new byte[0]));
                answer = terminal.reply();
            }
            assertThat(kept).as("packages until one is refused").isBetween(5, 20);
            assertThat(server.server.packageBytes())
                    .as("the message is given up")
                    .isZero();
            assertThat(server.faults(FaultKind.OVER_LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void bytesOfAMessageOfATerminalAndOfAllAreBoundedAndTheRestIsRefused() throws IOException {
        PackageSettings small =
                new PackageSettings(2_000, 3_000, 3_500, Duration.ofSeconds(20), 1, Duration.ofMinutes(1));
        try (ServerUnderTest server = server(small);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            List<byte[]> tooLong = photo(Layout.V2013, 1, 0, 4, content(1, 3_000));
            terminal.send(tooLong.get(0));
            terminal.send(tooLong.get(1));
            terminal.send(tooLong.get(2));
            assertThat(terminal.reply()).endsWith("080100");
            assertThat(terminal.reply()).endsWith("080100");
            assertThat(terminal.reply()).as("more than a message may have").endsWith("080101");
            assertThat(server.server.packageBytes()).isZero();

            for (int i = 0; i < 3; i++) {
                terminal.send(part(Layout.V2013, MessageId.MEDIA, 1_000 * i + 10, 2, 1, new byte[1_000]));
                assertThat(terminal.reply()).endsWith("080100");
            }
            terminal.send(part(Layout.V2013, MessageId.MEDIA, 9_000, 2, 1, new byte[1_000]));
            assertThat(terminal.reply()).as("more than a terminal may have").endsWith("080101");
            terminal.send("13900000000", MessageId.HEARTBEAT, "");
            terminal.reply();
            assertThat(server.server.packageBytes()).isEqualTo(3_000);
            assertThat(server.faults(FaultKind.OVER_LIMIT)).isEqualTo(2);
        }
    }

    @Test
    void moreUnfinishedMessagesThanAllowedGiveUpTheOldest() throws IOException {
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (int i = 0; i <= Reassembly.MAX_MESSAGES; i++) {
                terminal.send(part(Layout.V2013, MessageId.MEDIA, 1_000 * i, 3, 1, new byte[100]));
                terminal.reply();
            }
            assertThat(server.faults(FaultKind.GIVEN_UP)).isEqualTo(1);
            assertThat(server.server.packageBytes()).isEqualTo(100L * Reassembly.MAX_MESSAGES);
        }
    }

    @Test
    void aTerminalSwitchedOnAgainBeginsAnotherMessageWithTheSameSerial() throws IOException {
        byte[] second = content(2, 2_000);
        List<byte[]> one = photo(Layout.V2013, 1, 0, 3, content(1, 2_000));
        List<byte[]> sameCount = photo(Layout.V2013, 2, 0, 3, second);
        List<byte[]> otherCount = photo(Layout.V2013, 3, 0, 4, second);
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            terminal.send(one.get(0));
            terminal.send(one.get(1));
            terminal.send(sameCount.get(0));
            terminal.send(otherCount.get(0));
            for (byte[] wire : otherCount.subList(1, 4)) {
                terminal.send(wire);
            }
            until(terminal, "8800 00000003");
            assertThat(server.sink.media())
                    .singleElement()
                    .satisfies(media -> assertThat(media.content()).isEqualTo(second));
            assertThat(server.faults(FaultKind.GIVEN_UP)).isEqualTo(2);
        }
    }

    @Test
    void aPhotographSentTwiceIsHandedOnTwiceAndAnsweredTwice() throws IOException {
        List<byte[]> packages = photo(Layout.V2013, 5, 300, 3, content(1, 2_000));
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            for (Outcome outcome : new Outcome[] {Outcome.STORED, Outcome.DUPLICATE, Outcome.OFF_DUTY}) {
                server.sink.decide(outcome);
                for (byte[] wire : packages) {
                    terminal.send(wire);
                }
                until(terminal, "8800 00000005");
            }
            server.sink.decide(Outcome.FAILED);
            for (byte[] wire : packages) {
                terminal.send(wire);
            }
            terminal.reply();
            terminal.reply();
            assertThat(terminal.quiet()).as("not stored, not answered").isTrue();
            assertThat(server.sink.media()).hasSize(4);
            assertThat(server.server.packageBytes()).isZero();
        }
    }

    @Test
    void positionsInPackagesAreStoredTogetherAndTheLastPackageIsAnsweredThen() throws Exception {
        int count = 2_500;
        StringBuilder body = new StringBuilder("%04x 01".formatted(count));
        for (int i = 0; i < count; i++) {
            body.append("001c").append(location(i));
        }
        List<byte[]> packages = packages(Layout.V2013, MessageId.LOCATION_BATCH, 10, 2, 90, Hex.bytes(body.toString()));
        try (ServerUnderTest server = server(PackageSettings.DEFAULT);
                WireClient terminal = server.connect(Layout.V2013, PHONE)) {
            server.store.hold();
            for (byte[] wire : packages) {
                terminal.send(wire);
            }
            for (int i = 0; i < 89; i++) {
                assertThat(terminal.reply()).isEqualTo(general(10 + 2 * i, MessageId.LOCATION_BATCH, 0));
            }
            await().until(() -> server.store.held() == count);
            assertThat(terminal.quiet()).isTrue();
            server.store.release();
            assertThat(terminal.reply()).isEqualTo(general(10 + 2 * 89, MessageId.LOCATION_BATCH, 0));
            assertThat(server.store.rows()).hasSize(count);
        }
    }

    @Test
    void aRegistrationMayComeInPackages() throws IOException {
        Register register = new Register();
        register.add(PHONE, "code");
        try (ServerUnderTest server = new ServerUnderTest(register);
                WireClient terminal = server.connect(Layout.V2019, PHONE)) {
            byte[] body = Hex.bytes(terminal.registration());
            for (byte[] wire : packages(Layout.V2019, MessageId.REGISTER, 0, 1, 3, body)) {
                terminal.send(wire);
            }
            until(terminal, "8100 000200");
            assertThat(register.registrations().getFirst().plate()).isEqualTo("沪A12345");
            terminal.send(photo(Layout.V2019, 1, 50, 2, content(1, 100)).getFirst());
            assertThat(terminal.reply())
                    .as("a photograph before authentication")
                    .endsWith("080101");
            assertThat(server.server.packageBytes()).isZero();
        }
    }

    @Test
    void aTerminalOf2011PacksItsPhotographInTheBody() throws IOException {
        byte[] content = content(1, 1_500);
        try (ServerUnderTest server = server(IMPATIENT);
                WireClient terminal = server.connect(Layout.V2011, PHONE)) {
            terminal.send(MessageId.MEDIA, in2011(content, 3));
            terminal.send(MessageId.MEDIA, in2011(content, 1));
            until(terminal, "8800 00010000004d010002");
            terminal.send(MessageId.MEDIA, in2011(content, 2));
            assertThat(until(terminal, "8800 00020000004d")).contains(general(2, MessageId.MEDIA, 0));
            assertThat(server.sink.media()).singleElement().satisfies(media -> {
                assertThat(media.content()).isEqualTo(content);
                assertThat(media.location()).isNull();
                assertThat(media.event()).isEqualTo(3);
            });
        }
    }

    private static String in2011(byte[] content, int index) {
        byte[] part = Arrays.copyOfRange(content, (index - 1) * 500, index * 500);
        return "0000004d 00 00 03 02 00000003 %08x".formatted(index) + Hex.text(part);
    }
}

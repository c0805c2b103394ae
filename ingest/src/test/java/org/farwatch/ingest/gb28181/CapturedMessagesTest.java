package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.Captures;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.media.rtp.RtpContent;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.sip.Digest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What real devices and platforms said, said to us over real sockets, and held against what we say ourselves. The fields
 * of single bodies are {@link MessageReaderTest}'s and {@link SdpTest}'s.
 */
class CapturedMessagesTest {
    private static final String DOME = "34020000001320000002";
    private static final String LINE = "\r\n";

    private int exchanges;

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    @Test
    void everyCapturedMessageIsUnderstood() throws IOException {
        for (String name : Captured.names()) {
            String text = Captured.text(name).strip();
            boolean sip = text.startsWith("SIP/2.0 ") || text.matches("(?s)[A-Z]+ sip:.*");
            if (sip) {
                assertThat(Captures.EXPLAINER
                                .explain((text + LINE + LINE).getBytes(StandardCharsets.UTF_8))
                                .faulty())
                        .as(name)
                        .isFalse();
            }
            String[] bodies = text.replaceAll("(?s)----[^<]*", "").split("(?=<\\?xml)", -1);
            List<String> xml = Arrays.stream(bodies)
                    .filter(body -> body.startsWith("<?xml"))
                    .toList();
            assertThat(sip || !xml.isEmpty()).as(name).isTrue();
            for (String body : xml) {
                assertThat(MessageReader.read(body.getBytes(StandardCharsets.UTF_8)))
                        .as(name)
                        .isNotInstanceOf(Message.Unknown.class);
            }
        }
    }

    @Test
    void whatADomeSendsIsAnsweredAlsoWithItsHeadersInAnotherOrder() throws IOException {
        try (House house = new House()) {
            String first = wire(house, "01_dahua_register_unauth.txt");
            assertThat(exchange(house, first))
                    .startsWith("SIP/2.0 401")
                    .contains("CSeq: 1 REGISTER", "WWW-Authenticate: Digest realm=\"3402000000\"");
            assertThat(exchange(house, reversed(first))).startsWith("SIP/2.0 401");
            // An answer to another platform's challenge is none to ours: it is asked again, not refused.
            assertThat(exchange(house, wire(house, "03_dahua_register_auth.txt")))
                    .startsWith("SIP/2.0 401")
                    .contains("stale=true");

            String keepalive = wire(house, "08_dahua_keepalive.txt");
            assertThat(exchange(house, keepalive)).as("never registered").startsWith("SIP/2.0 403");
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.NOT_ADMITTED))
                    .isEqualTo(1);
            String camera = "34020000001310000001";
            house.registered(DeviceTraits.proper(DOME, House.PASSWORD, List.of(camera)));
            assertThat(exchange(house, keepalive)).startsWith("SIP/2.0 200");
            assertThat(exchange(house, reversed(keepalive))).startsWith("SIP/2.0 200");
            assertThat(exchange(house, wire(house, "11_dahua_catalog_response.txt")))
                    .startsWith("SIP/2.0 200");
            assertThat(house.heard.changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.channels())
                            .extracting(Channel::code, Channel::name)
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(camera, "DH71")));
        }
    }

    @Test
    void messagesThatStickTogetherOrComeByTheByteOverTcpAreEachAnswered() throws IOException {
        try (House house = new House();
                Socket link =
                        new Socket(house.address().getAddress(), house.address().getPort())) {
            link.setSoTimeout(10_000);
            String register = wire(house, "01_dahua_register_unauth.txt").replace("SIP/2.0/UDP", "SIP/2.0/TCP");
            String together = fresh(register) + fresh(register) + fresh(register);
            link.getOutputStream().write(together.getBytes(StandardCharsets.UTF_8));
            answers(link.getInputStream(), 3);
            link.setTcpNoDelay(true);
            for (byte one : fresh(register).getBytes(StandardCharsets.UTF_8)) {
                link.getOutputStream().write(one);
            }
            answers(link.getInputStream(), 1);
        }
    }

    @Test
    void aPlatformsChallengeIsAnsweredAsTheDomeDid() throws IOException {
        String challenge = header(Captured.text("02_platform_401.txt"), "WWW-Authenticate");
        Map<String, String> theirs = parameters(header(Captured.text("03_dahua_register_auth.txt"), "Authorization"));
        Map<String, String> ours = parameters(
                Digest.answer(challenge, "REGISTER", theirs.get("uri"), theirs.get("username"), "nobody told us"));
        assertThat(ours.remove("response")).matches("[0-9a-f]{32}");
        assertThat(theirs.remove("response")).matches("[0-9a-f]{32}");
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void theClockThatAPlatformSetsIsWrittenAsOurs() throws IOException {
        String date = header(Captured.text("04_platform_register_200_with_date.txt"), "Date");
        Instant time = Instant.parse("2024-05-17T06:07:33.263Z");
        assertThat(GbTime.parse(date)).isEqualTo(time);
        assertThat(GbTime.clock(time)).isEqualTo(date);
    }

    @Test
    void aCatalogueIsAskedForAsOtherPlatformsDo() throws Exception {
        assertThat(Element.parse(Body.query("Catalog", 7, DOME).bytes()))
                .isEqualTo(Element.parse(Captured.body("10_platform_catalog_query.txt", 1)));
    }

    @Test
    void anInvitationHasTheLinesThatOtherPlatformsSend() throws IOException {
        String captured = Captured.text("18_invite_play_udp_request.txt");
        String theirs = captured.substring(captured.indexOf("v=0"));
        Sdp.Answered read = Sdp.read(theirs.getBytes(StandardCharsets.US_ASCII));
        assertThat(read.host()).isEqualTo("192.168.6.106");
        assertThat(read.port()).isEqualTo(45_056);
        assertThat(read.answer().ssrc()).hasValue(1_002);
        assertThat(read.answer().payloads().get(96).content()).isEqualTo(RtpContent.PS);
        assertThat(read.answer().payloads().get(98).content()).isEqualTo(RtpContent.H264);

        String ours = new String(
                Sdp.live("34020000002000000010", "192.168.6.106", 45_056, false, RtpTransport.UDP, "0000001002"),
                StandardCharsets.US_ASCII);
        assertThat(kinds(ours)).isEqualTo(kinds(theirs.replace("f=", "").strip()));
        assertThat(ours).contains("c=IN IP4 192.168.6.106", "m=video 45056 RTP/AVP 96", "y=0000001002");
    }

    @Test
    void aRecorderIsToldToGoOnFasterAsAnotherPlatformTellsIt() throws IOException {
        String captured = Captured.text("26_info_mansrtsp_pause_play_scale_seek.txt");
        assertThat(captured).contains("PAUSE RTSP/1.0", "PLAY RTSP/1.0", "Range: npt=11-", PlaybackCall.scale(2));
    }

    @Test
    void aDomeIsMovedByTheBytesThatMoveItElsewhere() throws IOException {
        byte[] theirs = HexFormat.of().parseHex(control("28_ptz_up_stop_focus.txt"));
        byte[] ours = HexFormat.of().parseHex(PtzCommand.move(0, 100 / 255.0, 0).hex());
        // Their devices have address 0, ours 1, which is in the sum too.
        theirs[2]++;
        theirs[7]++;
        assertThat(ours).isEqualTo(theirs);
    }

    private static String control(String name) throws IOException {
        return new String(Captured.body(name, 1), StandardCharsets.UTF_8)
                .replaceAll("(?s).*<PTZCmd>(\\w+)</PTZCmd>.*", "$1");
    }

    /** As it was on the wire, but for the platform's address, which is ours, and the length, which text files change. */
    private static String wire(House house, String name) throws IOException {
        String text = Captured.text(name).strip();
        int end = text.indexOf(LINE + LINE);
        String body = end < 0 ? "" : text.substring(end + 4) + LINE;
        String platform =
                house.address().getHostString() + ":" + house.address().getPort();
        return (end < 0 ? text : text.substring(0, end))
                        .replace("192.168.6.106:5062", platform)
                        .replaceFirst("(Content-Length:\\s+)\\d+", "$1" + body.getBytes(StandardCharsets.UTF_8).length)
                + LINE
                + LINE
                + body;
    }

    /** A request of its own, and no repetition of one before. */
    private String fresh(String request) {
        int number = ++exchanges;
        return request.replaceFirst("branch=(\\w+)", "branch=$1x" + number)
                .replaceFirst("Call-ID: ", "Call-ID: " + number);
    }

    private String exchange(House house, String request) throws IOException {
        try (DatagramSocket dome = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            dome.setSoTimeout(10_000);
            byte[] bytes = fresh(request).getBytes(StandardCharsets.UTF_8);
            dome.send(new DatagramPacket(bytes, bytes.length, house.address()));
            DatagramPacket answer = new DatagramPacket(new byte[65_507], 65_507);
            dome.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }

    private static String reversed(String request) {
        int end = request.indexOf(LINE + LINE);
        List<String> head = Arrays.asList(request.substring(0, end).split(LINE, -1));
        Collections.reverse(head.subList(1, head.size()));
        return String.join(LINE, head) + request.substring(end);
    }

    private static void answers(InputStream from, int number) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] room = new byte[4_096];
        while (text.toString().split("SIP/2.0 401", -1).length <= number
                || !text.toString().endsWith(LINE + LINE)) {
            int count = from.read(room);
            assertThat(count).as("of %d answers: %s", number, text).isPositive();
            text.append(new String(room, 0, count, StandardCharsets.UTF_8));
        }
        assertThat(text.toString().split("SIP/2.0 401", -1)).hasSize(number + 1);
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> found = new HashMap<>();
        Matcher parameter = Pattern.compile("(\\w+)=\"?([^\",]*)\"?").matcher(header.substring("Digest ".length()));
        while (parameter.find()) {
            found.put(parameter.group(1), parameter.group(2));
        }
        return found;
    }

    /** The letters of its lines, in order. */
    private static List<String> kinds(String description) {
        return description
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.substring(0, 1))
                .toList();
    }
}

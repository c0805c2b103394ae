package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sentences of a receiver from the port of a running service to its table, the live board and the track. */
class NmeaPathTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.00");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("ddMMyy");

    private static RunningService service;
    private static People people;
    private static People.Person operator;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of("farwatch.nmea.port", "0"));
        people = new People(service);
        operator = people.with(Role.OPERATOR);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void sentencesOverTcpAreOnTheBoardAndInTheTrack() throws IOException {
        Instant fix = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (Socket receiver = new Socket(InetAddress.getLoopbackAddress(), service.port("NMEA"))) {
            receiver.getOutputStream().write(bytes("id:boat-1\r\n" + sentences(fix)));
            awaitOnBoard("nmea-boat-1", fix);
        }
    }

    @Test
    void aDatagramOfSentencesIsOnTheBoardAndInTheTrack() throws IOException {
        Instant fix = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        // Who is not in the register yet is let in while his first datagram is dropped: there is nobody to wait for it.
        byte[] datagram = bytes("id:boat-2\r\n" + sentences(fix));
        try (DatagramSocket receiver = new DatagramSocket()) {
            await().until(() -> {
                receiver.send(new DatagramPacket(
                        datagram, datagram.length, InetAddress.getLoopbackAddress(), service.port("NMEA UDP")));
                return onBoard("nmea-boat-2").isPresent();
            });
            awaitOnBoard("nmea-boat-2", fix);
        }
    }

    private static void awaitOnBoard(String device, Instant fix) {
        await().until(() -> onBoard(device).isPresent());
        JsonNode marker = onBoard(device).orElseThrow();
        assertThat(Instant.parse(marker.get("fixTime").asString())).isEqualTo(fix);
        assertThat(marker.get("longitude").asDouble()).isBetween(121.4736, 121.4738);
        assertThat(marker.get("latitude").asDouble()).isBetween(31.2304, 31.2305);
        assertThat(marker.get("speed").asDouble()).isBetween(22.7, 22.8);
        JsonNode track = people.get(
                        operator,
                        "/api/v1/devices/" + device + "/positions?from=" + fix.minusSeconds(1) + "&to="
                                + fix.plusSeconds(1))
                .body()
                .get("items");
        assertThat(track).hasSize(1);
        assertThat(Instant.parse(track.get(0).get("fixTime").asString())).isEqualTo(fix);
    }

    private static Optional<JsonNode> onBoard(String device) {
        JsonNode items = people.get(operator, "/api/v1/positions/latest").body().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.get("deviceId").asString().equals(device))
                .findFirst();
    }

    /** RMC and GGA of one moment, 12.3 knots. */
    private static String sentences(Instant fix) {
        String time = TIME.format(fix.atOffset(ZoneOffset.UTC));
        String date = DATE.format(fix.atOffset(ZoneOffset.UTC));
        return sentence("BDRMC," + time + ",A,3113.82496,N,12128.42206,E,12.30,085.4," + date + ",,,A")
                + sentence("BDGGA," + time + ",3113.82496,N,12128.42206,E,1,12,0.9,14.2,M,8.5,M,,");
    }

    private static String sentence(String body) {
        int sum = body.chars().reduce(0, (a, b) -> a ^ b);
        return "$%s*%02X\r\n".formatted(body, sum);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

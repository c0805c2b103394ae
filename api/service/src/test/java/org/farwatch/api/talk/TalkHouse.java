package org.farwatch.api.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.People.Person;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.simulator.camera.StreetScene;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Simulated devices with loudspeakers at a running service, those who speak to them, and what the log says of it. */
final class TalkHouse implements AutoCloseable {
    static final String PASSWORD = "common-password";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningService service;
    private final People people;
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final List<TalkPeer> peers = new ArrayList<>();
    private int made;

    /** A device with one channel, and the stream of that. */
    record Speaker(SimulatedDevice device, String id, String stream) {}

    TalkHouse(RunningService service) {
        this.service = service;
        this.people = new People(service);
    }

    Speaker speaker(Loudspeaker loudspeaker) throws IOException {
        return speaker(loudspeaker, 132);
    }

    /** @param type of its channel: 132 for a camera, 137 for a loudspeaker that stands by itself */
    Speaker speaker(Loudspeaker loudspeaker, int type) throws IOException {
        int number = ++made;
        String code = "3402000000118%07d".formatted(number);
        String channelCode = "3402000000%d00%05d".formatted(type, number);
        SimulatedDevice device = new SimulatedDevice(
                DeviceTraits.proper(code, PASSWORD, List.of(channelCode)).with(loudspeaker),
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                () -> StreetScene.quiet(1));
        devices.add(device);
        assertThat(device.register(3600)).isEqualTo(200);
        String id = "gb28181-" + code;
        JsonNode channel = await().atMost(PATIENCE)
                .until(
                        () -> service.get("/api/v1/gb28181/devices/" + id + "/channels")
                                .body()
                                .path("items")
                                .path(0),
                        found -> found.path("streamId").isString());
        return new Speaker(device, id, channel.path("streamId").asString());
    }

    String name(String stream) {
        return service.get("/api/v1/streams/" + stream).body().path("name").asString();
    }

    /** From now on somebody has the device who has no duty. */
    void giveToSomebodyOffDuty(Speaker speaker) {
        JdbcClient jdbc = service.bean(JdbcClient.class);
        jdbc.sql("""
                        insert into custody (device_no, officer_id, held)
                        select no, :officer, tstzrange(now() - interval '1 day', null) from device where id = :device""")
                .param("officer", Long.parseLong(people.officer(people.squad())))
                .param("device", speaker.id())
                .update();
        // What registers by itself is taken for a vehicle's, which belongs to nobody.
        jdbc.sql("update device set kind = 'body-camera' where id = :device")
                .param("device", speaker.id())
                .update();
        service.bean(DeviceRegister.class).refresh(speaker.id());
        service.bean(RosterBook.class).reread();
    }

    TalkPeer peer(Person person, String path) {
        TalkPeer peer = new TalkPeer(service, path, person.username(), People.PASSWORD);
        peers.add(peer);
        return peer;
    }

    JsonNode shouts(String query) {
        return service.get("/api/v1/shouts?" + query).body();
    }

    /** The newest shout of a stream, once it has ended. */
    JsonNode ended(String stream) {
        return await().atMost(PATIENCE)
                .until(
                        () -> shouts("streamId=" + stream).path("items").path(0),
                        shout -> shout.path("state").asString().equals("ended"));
    }

    /** The answer of an upload. */
    JsonNode announcement(Person person, String name, String fileName, byte[] file) throws Exception {
        String boundary = "------------------------boundary";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"name\"\r\n"
                        + "Content-Type: text/plain; charset=UTF-8\r\n\r\n" + name + "\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        String login = Base64.getEncoder()
                .encodeToString((person.username() + ":" + People.PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/announcements"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, file, tail)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonMapper.builder()
                    .build()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /** Everybody goes, the service stays. */
    @Override
    public void close() {
        peers.forEach(TalkPeer::close);
        devices.forEach(SimulatedDevice::close);
        peers.clear();
        devices.clear();
    }
}

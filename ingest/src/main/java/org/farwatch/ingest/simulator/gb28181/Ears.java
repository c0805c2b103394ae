package org.farwatch.ingest.simulator.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.gb28181.Body;
import org.farwatch.ingest.simulator.HeardSound;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker.Broadcast;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker.Link;

/** The loudspeakers of a simulated device: calls the platform when it is told to, or is called. Any thread. */
final class Ears implements AutoCloseable {
    private final DeviceTraits traits;
    private final SipWire wire;
    private final Requests requests;
    private final HeardSound heard = new HeardSound();
    /** By Call-ID. */
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    /**
     * A call with sound.
     *
     * @param us our address in it, {@code them} the platform's
     */
    private record Call(Ear ear, InetSocketAddress platform, String us, String them) {}

    Ears(DeviceTraits traits, SipWire wire, Requests requests) {
        this.traits = traits;
        this.wire = wire;
        this.requests = requests;
    }

    HeardSound heard() {
        return heard;
    }

    /** Calls that are on. */
    int size() {
        return calls.size();
    }

    /** A Broadcast has come, and is not answered yet. @return status to answer it with */
    int told(String body) {
        Loudspeaker speaker = traits.speaker();
        if (speaker.broadcast() == Broadcast.UNKNOWN) {
            return 405;
        }
        int sn = Integer.parseInt(MediaOffer.group(body, "<SN>([^<]*)<"));
        String source = MediaOffer.group(body, "<SourceID>([^<]*)<");
        String target = MediaOffer.group(body, "<TargetID>([^<]*)<");
        boolean refuses = speaker.broadcast() == Broadcast.REFUSES;
        byte[] result = Body.response("Broadcast", sn, target)
                .element("Result", refuses ? "ERROR" : "OK")
                .bytes();
        var _ = CompletableFuture.runAsync(
                        () -> {
                            message(result);
                            if (speaker.broadcast() == Broadcast.CALLS) {
                                var _ = CompletableFuture.runAsync(
                                        () -> call(source, target),
                                        CompletableFuture.delayedExecutor(
                                                speaker.delay().toMillis(),
                                                TimeUnit.MILLISECONDS,
                                                task -> Thread.ofVirtual().start(task)));
                            }
                        },
                        task -> Thread.ofVirtual().start(task))
                .exceptionally(_ -> null);
        return 200;
    }

    private void message(byte[] body) {
        requests.ask(
                wire,
                "MESSAGE",
                traits.code(),
                "broadcast-" + requests.number(),
                List.of("Content-Type: " + Body.TYPE),
                body);
    }

    /**
     * Calls the platform and asks for sound.
     *
     * @return the status of its answer
     */
    int call(String source, String target) {
        Loudspeaker speaker = traits.speaker();
        String us = speaker.caller() == null ? traits.code() : speaker.caller();
        // Of all devices: a call of the same number, from the same address, would be taken for one that came twice.
        String call = "speaker-" + traits.code() + "-" + requests.number() + "-" + System.nanoTime();
        try {
            Ear ear = new Ear(speaker.link(), heard, false);
            SipText answer = requests.ask(
                    wire,
                    "INVITE",
                    us,
                    call,
                    List.of(
                            "Subject: " + source + ":0100000001," + (speaker.caller() == null ? target : us) + ":1",
                            "Contact: " + contact(),
                            "Content-Type: application/sdp"),
                    offer(ear.port()));
            if (answer.status() != 200) {
                ear.close();
                return answer.status();
            }
            calls.put(call, new Call(ear, platform(answer), answer.header("From"), answer.header("To")));
            ear.listen(platform(answer));
            acknowledge(answer, call);
            return 200;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] offer(int port) {
        Loudspeaker speaker = traits.speaker();
        String here = SimulatedDevice.LOOPBACK;
        String setup = speaker.link() == Link.CONNECTS ? "active" : "passive";
        boolean tcp = speaker.link() != Link.UDP;
        String sdp = "v=0\r\no=" + traits.code() + " 0 0 IN IP4 " + here + "\r\ns=Play\r\nc=IN IP4 " + here
                + "\r\nt=0 0\r\nm=audio " + port + (tcp ? " TCP/RTP/AVP " : " RTP/AVP ") + speaker.payloadType()
                + "\r\na=recvonly\r\n" + (tcp ? "a=setup:" + setup + "\r\na=connection:new\r\n" : "")
                + "y=0100000001\r\nf=v/////a/1/8/1\r\n";
        return sdp.getBytes(StandardCharsets.US_ASCII);
    }

    private void acknowledge(SipText answer, String call) {
        String sequence = answer.header("CSeq").split(" ", -1)[0];
        wire.send(SipText.of(
                "ACK " + requests.target() + " SIP/2.0",
                List.of(
                        "Via: SIP/2.0/" + wire.token() + " " + SimulatedDevice.LOOPBACK + ":" + wire.port()
                                + ";rport;branch=z9hG4bKack" + call + System.nanoTime(),
                        "From: " + answer.header("From"),
                        "To: " + answer.header("To"),
                        "Call-ID: " + call,
                        "CSeq: " + sequence + " ACK",
                        "Max-Forwards: 70")));
    }

    /**
     * The platform calls to talk.
     *
     * @param tag ours
     */
    void invited(SipText invite, String tag) {
        if (!traits.speaker().talk() || !invite.text().contains("m=audio")) {
            wire.send(invite.answer(488, "Not Acceptable Here", tag, List.of(), new byte[0]));
            return;
        }
        String call = invite.header("Call-ID");
        if (calls.containsKey(call)) {
            return;
        }
        try {
            boolean tcp = invite.text().contains("TCP/RTP/AVP");
            boolean platformListens = invite.text().contains("a=setup:passive");
            Link link = !tcp ? Link.UDP : platformListens ? Link.CONNECTS : Link.LISTENS;
            Ear ear = new Ear(link, heard, link == Link.UDP);
            String sdp = "v=0\r\no=" + traits.code() + " 0 0 IN IP4 " + SimulatedDevice.LOOPBACK
                    + "\r\ns=Talk\r\nc=IN IP4 " + SimulatedDevice.LOOPBACK + "\r\nt=0 0\r\nm=audio " + ear.port()
                    + (tcp ? " TCP/RTP/AVP 8" : " RTP/AVP 8") + "\r\na=sendrecv\r\na=rtpmap:8 PCMA/8000\r\n"
                    + (tcp ? "a=setup:" + (platformListens ? "active" : "passive") + "\r\na=connection:new\r\n" : "");
            SipText answer = invite.answer(
                    200,
                    "OK",
                    tag,
                    List.of("Contact: " + contact(), "Content-Type: application/sdp"),
                    sdp.getBytes(StandardCharsets.US_ASCII));
            calls.put(call, new Call(ear, platform(invite), answer.header("To"), answer.header("From")));
            wire.send(answer);
            ear.listen(platform(invite));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InetSocketAddress platform(SipText described) {
        return new InetSocketAddress(
                MediaOffer.group(described.text(), "c=IN IP4 (\\S+)"),
                Integer.parseInt(MediaOffer.group(described.text(), "m=audio (\\d+)")));
    }

    /** The platform ended a call. */
    void bye(String id) {
        Call call = calls.remove(id);
        if (call != null) {
            call.ear().close();
        }
    }

    /** Ends all calls by itself. */
    void hangUp() {
        calls.forEach((id, call) -> {
            bye(id);
            requests.ask(
                    wire,
                    "BYE",
                    traits.code(),
                    id,
                    List.of("X-From: " + call.us(), "X-To: " + call.them()),
                    new byte[0]);
        });
    }

    /** Loses its links and says nothing. */
    void breakLinks() {
        calls.values().forEach(call -> call.ear().close());
    }

    private String contact() {
        return "<sip:" + traits.code() + "@" + SimulatedDevice.LOOPBACK + ":" + wire.port()
                + (traits.tcp() ? ";transport=tcp>" : ">");
    }

    @Override
    public void close() {
        calls.keySet().forEach(this::bye);
    }
}

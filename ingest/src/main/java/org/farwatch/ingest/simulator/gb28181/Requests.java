package org.farwatch.ingest.simulator.gb28181;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests of a device and the answers that they wait for. Safe for use by many threads. */
final class Requests {
    private static final int ANSWER_SECONDS = 5;

    private final DeviceTraits traits;
    private final String platform;
    private final int platformPort;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, CompletableFuture<SipText>> awaited = new ConcurrentHashMap<>();

    Requests(DeviceTraits traits, String platform, int platformPort) {
        this.traits = traits;
        this.platform = platform;
        this.platformPort = platformPort;
    }

    /** One that was not given out before. */
    int number() {
        return numbers.incrementAndGet();
    }

    /** The platform, as requests name it. */
    String target() {
        return "sip:" + platform + "@" + SimulatedDevice.LOOPBACK + ":" + platformPort;
    }

    /**
     * Sends a request and waits for its last answer; over UDP sends it again each second.
     *
     * @param more X-From and X-To stand for From and To within a dialog
     */
    SipText ask(SipWire wire, String method, String user, String call, List<String> more, byte[] body) {
        int sequence = 100 + number();
        SipText request = new SipText(
                method + " " + target() + " SIP/2.0", headers(wire, method, user, call, sequence, more), body);
        CompletableFuture<SipText> answer = new CompletableFuture<>();
        String key = call + " " + sequence;
        awaited.put(key, answer);
        try {
            for (int tries = 1; ; tries++) {
                wire.send(request);
                try {
                    return answer.get(tries == ANSWER_SECONDS || traits.tcp() ? ANSWER_SECONDS : 1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    if (tries == ANSWER_SECONDS || traits.tcp()) {
                        throw new IllegalStateException(method + " was not answered", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            awaited.remove(key);
        }
    }

    /** A response has come; provisional ones end no waiting. */
    void answered(SipText response) {
        if (response.status() < 200) {
            return;
        }
        String sequence = response.header("CSeq").split(" ", -1)[0];
        CompletableFuture<SipText> waiting = awaited.get(response.header("Call-ID") + " " + sequence);
        if (waiting != null) {
            waiting.complete(response);
        }
    }

    private List<String> headers(
            SipWire wire, String method, String user, String call, int sequence, List<String> more) {
        String here = SimulatedDevice.LOOPBACK + ":" + wire.port();
        String from = "<sip:" + user + "@" + here + ">;tag=d" + sequence;
        String callee = method.equals("REGISTER") ? traits.code() : platform;
        String to = "<sip:" + callee + "@" + SimulatedDevice.LOOPBACK + ">";
        for (String line : more) {
            if (line.startsWith("X-From: ")) {
                from = line.substring(8);
            } else if (line.startsWith("X-To: ")) {
                to = line.substring(6);
            }
        }
        List<String> headers = new ArrayList<>();
        headers.add("Via: SIP/2.0/" + wire.token() + " " + here + ";rport;branch=z9hG4bK" + traits.code() + sequence
                + System.nanoTime());
        headers.add("From: " + from);
        headers.add("To: " + to);
        headers.add("Call-ID: " + call);
        headers.add("CSeq: " + sequence + " " + method);
        headers.add("Max-Forwards: 70");
        more.stream()
                .filter(line -> !line.startsWith("X-From") && !line.startsWith("X-To"))
                .forEach(headers::add);
        return headers;
    }
}

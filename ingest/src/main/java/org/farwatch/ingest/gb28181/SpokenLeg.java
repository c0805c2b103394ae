package org.farwatch.ingest.gb28181;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.farwatch.ingest.media.rtp.RtpSession;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.media.voice.MuLaw;
import org.farwatch.ingest.media.voice.UnheardFeed;

/** One try to reach a loudspeaker: its port, its number and its call. Safe for use by many threads. */
final class SpokenLeg implements AutoCloseable {
    private final RtpSession sender;
    private final Runnable release;
    private final CompletableFuture<Void> agreed = new CompletableFuture<>();
    private Runnable hangUp;
    private boolean closed;
    private volatile int payloadType;
    private volatile boolean mulaw;

    /** @param release gives back what this try holds besides its port */
    private SpokenLeg(RtpSession sender, Runnable release) {
        this.sender = sender;
        this.release = release;
    }

    /** @param own the number to give back at its end, null when it is the device's */
    static SpokenLeg open(Voices voices, Attempt attempt, RtpTransport transport, String ssrc, String own)
            throws IOException {
        Runnable release = () -> {
            if (own != null) {
                voices.ssrcs.give(own);
            }
        };
        try {
            // What follows sends messages, for which an event loop does not wait.
            UnheardFeed unheard = new UnheardFeed((lost, detail) -> voices.soon(() -> attempt.lost(lost, detail)));
            return new SpokenLeg(voices.senders.open(transport, Long.parseLong(ssrc), unheard), release);
        } catch (IOException e) {
            release.run();
            throw e;
        }
    }

    RtpSession sender() {
        return sender;
    }

    /** What the device takes. */
    void takes(SpeechSdp.Said said) {
        payloadType = said.payloadType();
        mulaw = said.mulaw();
    }

    /**
     * Where its sound goes. A device could name any host, and have it flooded: only its own address and those that are
     * known are reached.
     */
    void reach(Session session, SpeechSdp.Said said, Collection<String> known) {
        String own = session.peer().host();
        Set<String> hosts = new HashSet<>(known);
        String host = hosts.contains(said.host()) ? said.host() : own;
        hosts.add(own);
        sender.speaksTo(hosts);
        sender.connectTo(new InetSocketAddress(host, said.port()));
    }

    /** How the call is ended; at once where nobody wants it any more. */
    void call(Runnable ending) {
        synchronized (this) {
            if (!closed) {
                hangUp = ending;
                return;
            }
        }
        ending.run();
    }

    /** Both sides know that the call stands. */
    void agreed() {
        agreed.complete(null);
    }

    /** Told once when the call stands and there is somebody to speak to. */
    void whenReady(Runnable ready) {
        var _ = agreed.thenCombine(sender.reachable(), (_, _) -> null).thenRun(ready);
    }

    boolean speak(byte[] alaw) {
        return sender.speak(payloadType, mulaw ? MuLaw.ofALaw(alaw) : alaw);
    }

    @Override
    public void close() {
        Runnable ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = hangUp;
        }
        if (ending != null) {
            ending.run();
        }
        sender.close();
        release.run();
    }
}

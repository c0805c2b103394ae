package org.farwatch.ingest.gb28181;

import java.util.concurrent.CompletableFuture;
import org.farwatch.ingest.media.rtp.RtpSession;
import org.farwatch.ingest.media.voice.MuLaw;

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
    SpokenLeg(RtpSession sender, Runnable release) {
        this.sender = sender;
        this.release = release;
    }

    RtpSession sender() {
        return sender;
    }

    /** What the device takes. */
    void takes(SpeechSdp.Said said) {
        payloadType = said.payloadType();
        mulaw = said.mulaw();
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

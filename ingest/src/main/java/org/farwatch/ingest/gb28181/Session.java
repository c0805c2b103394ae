package org.farwatch.ingest.gb28181;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.sip.SipPeer;
import org.farwatch.ingest.sip.SipSubscription;

/** A device that is registered. Fields are volatile and set by whichever thread hears of it; {@link Sessions} owns it. */
final class Session {
    private final KnownDevice known;
    private volatile SipPeer peer;
    private volatile long heardAt;
    private volatile long expiresAt;
    /** Whether a catalogue is on its way. */
    private final AtomicBoolean catalogueAsked = new AtomicBoolean();
    /** When the last one was stored, milliseconds on our clock; 0 for none. */
    private volatile long cataloguedAt;
    /** When it is asked for again since it could not be stored, and after how long; 0 while that is not so. */
    private volatile long catalogueDue;

    private volatile long cataloguePause;
    private final DeviceClock clock = new DeviceClock();
    /** Guarded by itself. */
    private final List<Standing> subscriptions = new ArrayList<>();

    /** A subscription, whose body is that of a question with an SN. */
    static final class Standing {
        final SipSubscription subscription;
        final java.util.function.IntFunction<byte[]> body;
        long dueAt;

        Standing(SipSubscription subscription, java.util.function.IntFunction<byte[]> body) {
            this.subscription = subscription;
            this.body = body;
        }
    }

    Session(KnownDevice known, SipPeer peer, long now, long expiresAt) {
        this.known = known;
        this.peer = peer;
        this.heardAt = now;
        this.expiresAt = expiresAt;
    }

    KnownDevice known() {
        return known;
    }

    String code() {
        return known.protocolId();
    }

    SipPeer peer() {
        return peer;
    }

    long heardAt() {
        return heardAt;
    }

    long expiresAt() {
        return expiresAt;
    }

    /** Behind NAT the port of a device changes while it is registered. */
    void heard(SipPeer from, long now) {
        peer = from;
        heardAt = now;
    }

    void expires(long at) {
        expiresAt = at;
    }

    DeviceClock clock() {
        return clock;
    }

    AtomicBoolean catalogueAsked() {
        return catalogueAsked;
    }

    long cataloguedAt() {
        return cataloguedAt;
    }

    long catalogueDue() {
        return catalogueDue;
    }

    /** The catalogue came and was stored, or could not be: then it is asked for again, each time after twice as long. */
    void catalogued(boolean stored, long now, long shortest, long longest) {
        if (stored) {
            cataloguedAt = now;
            cataloguePause = 0;
            catalogueDue = 0;
        } else {
            cataloguePause = Math.clamp(cataloguePause * 2, shortest, longest);
            catalogueDue = now + cataloguePause;
        }
        catalogueAsked.set(false);
    }

    List<Standing> subscriptions() {
        return subscriptions;
    }
}

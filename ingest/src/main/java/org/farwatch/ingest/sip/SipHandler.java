package org.farwatch.ingest.sip;

/** What comes in. Called by the threads of the port, several at a time; must not wait. */
public interface SipHandler {
    /** A request of a device; must be answered, now or later, by {@link SipRequest#answer}. */
    void request(SipRequest request);

    /** A peer sent more than it may: the message was dropped, a datagram is sent again by its sender. */
    void flooded(SipPeer peer);
}

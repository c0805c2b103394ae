package org.farwatch.ingest.media.rtp;

import java.net.InetSocketAddress;

/**
 * One device's packets on one port. Its state belongs to its event loop; every method may be called by any thread and
 * none waits.
 */
public final class RtpSession implements AutoCloseable {
    RtpSession() {}

    public RtpTransport transport() {
        return RtpTransport.UDP;
    }

    /** Our port, for the offer: even. Of {@link RtpTransport#TCP_ACTIVE} the one that we connect from. */
    public int port() {
        return 0;
    }

    /** Says what the device has answered. Packets that come before are taken by what is asked for and by their bytes. */
    public void expect(Answer answer) {}

    /**
     * Where the device is. {@link RtpTransport#TCP_ACTIVE}: connects to it, once; when that fails the feed is told.
     * {@link RtpTransport#UDP}: where speech goes until packets have come from somewhere. {@link
     * RtpTransport#TCP_PASSIVE}: nothing, it connects to us.
     */
    public void connectTo(InetSocketAddress device) {}

    /**
     * Sends one packet of speech the way that the device's packets come.
     *
     * @param payloadType as agreed, 0 to 127: usually 8 for A-law, 0 for µ-law
     * @param g711 samples of one byte at 8,000 a second, 1 to 1,400, usually 160 (20 ms)
     * @return whether there was somebody to send it to; what cannot be written is dropped and counted
     * @throws IllegalArgumentException naming what is out of its range
     */
    public boolean speak(int payloadType, byte[] g711) {
        return false;
    }

    /** Whether a source's packets have come. */
    public boolean receives() {
        return false;
    }

    public RtpCounters counters() {
        return new RtpCounters();
    }

    /** Closes the port; the feed hears nothing more once this has reached the event loop. May be called again. */
    @Override
    public void close() {}
}

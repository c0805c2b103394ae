package org.farwatch.ingest.gb28181;

import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipPort;

/** What calls to devices share: ports of both kinds, numbers of streams, and how many a device may send. Any thread. */
final class Calls {
    private final Gb28181Settings settings;
    private final SipPort port;
    private final RtpSessions receivers;
    private final Sessions sessions;
    private final StreamQuota quota;
    private final Ssrcs ssrcs;

    Calls(Gb28181Settings settings, SipPort port, RtpSessions receivers, Sessions sessions) {
        this.settings = settings;
        this.port = port;
        this.receivers = receivers;
        this.sessions = sessions;
        quota = new StreamQuota(settings.streamsPerDevice());
        ssrcs = new Ssrcs(settings.sip().domain());
    }

    Upstream live(String device, String channel, RtpTransport transport) {
        return new LiveCall(settings, port, receivers, sessions, quota, ssrcs, device, channel, transport);
    }

    StreamQuota quota() {
        return quota;
    }
}

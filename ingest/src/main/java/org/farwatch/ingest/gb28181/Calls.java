package org.farwatch.ingest.gb28181;

import java.util.function.Supplier;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipPort;

/**
 * What calls to devices share: ports of both kinds, numbers of streams, and how many a device may send. Any thread.
 *
 * @param receivers where pictures come in
 */
record Calls(
        Gb28181Settings settings,
        SipPort port,
        RtpSessions receivers,
        Sessions sessions,
        StreamQuota quota,
        Ssrcs ssrcs) {
    Calls(Gb28181Settings settings, SipPort port, RtpSessions receivers, Sessions sessions) {
        this(
                settings,
                port,
                receivers,
                sessions,
                new StreamQuota(settings.streamsPerDevice()),
                new Ssrcs(settings.sip().domain()));
    }

    Upstream live(String device, String channel, boolean sub, RtpTransport transport, Supplier<Priority> wanted) {
        return new LiveCall(this, device, channel, sub, transport, wanted);
    }
}

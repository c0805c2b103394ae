package org.farwatch.ingest.gb28181;

import java.util.HashSet;
import java.util.Set;
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

    /**
     * From where pictures of a device may come: where it is registered from, where it says in its answer that it sends
     * from, and the hosts that all may send from.
     *
     * @param told empty before its answer
     */
    Set<String> senders(Session session, String told) {
        Set<String> hosts = new HashSet<>(settings.mediaHosts());
        hosts.add(session.peer().host());
        hosts.add(told);
        return hosts;
    }

    Upstream live(String device, String channel, boolean sub, RtpTransport transport, Supplier<Priority> wanted) {
        return new LiveCall(this, device, channel, sub, transport, wanted);
    }
}

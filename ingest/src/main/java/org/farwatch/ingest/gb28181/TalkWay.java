package org.farwatch.ingest.gb28181;

import java.io.IOException;
import org.farwatch.ingest.gb28181.Voices.Way;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipCall;
import org.farwatch.ingest.sip.SipRefused;

/** The device is called with s=Talk, as many manufacturers have it. Stateless; any thread. */
final class TalkWay {
    private final Voices voices;

    TalkWay(Voices voices) {
        this.voices = voices;
    }

    /** Calls it; returns once the INVITE is on its way. */
    void call(Session session, String channel, RtpTransport transport, Attempt attempt) {
        String us = voices.settings.sip().user();
        try {
            String ssrc = voices.ssrcs.take();
            SpokenLeg leg = SpokenLeg.open(voices, attempt, transport, ssrc, ssrc);
            if (!attempt.adopt(leg)) {
                return;
            }
            SipCall call = voices.port.invite(
                    session.peer(),
                    channel,
                    channel + ":" + ssrc + "," + us + ":0",
                    SpeechSdp.talk(
                            us, voices.settings.sip().advertised(), leg.sender().port(), transport, ssrc),
                    attempt::hungUp);
            leg.call(call::hangUp);
            leg.whenReady(() -> attempt.opened(Way.TALK));
            var _ = call.answer().whenComplete((body, refusal) -> {
                if (refusal != null) {
                    attempt.refused(Attempt.cause(refusal), "it refuses the talk: " + refusal.getMessage());
                } else {
                    answered(session, attempt, leg, SpeechSdp.read(body));
                }
            });
        } catch (IOException | IllegalStateException e) {
            attempt.refused(OfflineCause.UNREACHABLE, e.getMessage());
        } catch (SipRefused e) {
            attempt.refused(Attempt.cause(e), "it refuses the talk: " + e.getMessage());
        }
    }

    private void answered(Session session, Attempt attempt, SpokenLeg leg, SpeechSdp.Said said) {
        if (said == null) {
            attempt.refused(OfflineCause.UNSUPPORTED_CODEC, "its answer to the talk takes no G.711");
            return;
        }
        leg.takes(said);
        leg.reach(session, said, voices.settings.mediaHosts());
        leg.agreed();
    }
}

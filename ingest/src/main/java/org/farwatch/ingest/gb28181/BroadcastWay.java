package org.farwatch.ingest.gb28181;

import java.io.IOException;
import org.farwatch.ingest.gb28181.Voices.Way;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.sip.AnsweredCall;
import org.farwatch.ingest.sip.SipRefused;
import org.farwatch.ingest.sip.SipRequest;

/** The device is told to call us and take sound (broadcast, 9.12), and its call is taken. Stateless; any thread. */
final class BroadcastWay {
    private final Voices voices;

    BroadcastWay(Voices voices) {
        this.voices = voices;
    }

    /** Tells it; returns at once. */
    void tell(Session session, String channel, Attempt attempt) {
        int sn = voices.questions.next();
        var answer = voices.questions.ask(session.code(), sn, 1);
        var _ = answer.thenAccept(gathered -> {
            voices.questions.forget(session.code(), sn);
            if (gathered.items().stream().anyMatch(item -> item instanceof Message.Result said && !said.done())) {
                attempt.refused(OfflineCause.UNREACHABLE, "it answers Broadcast with ERROR");
            }
        });
        byte[] body = Body.broadcast(sn, voices.settings.sip().user(), channel).bytes();
        var _ = voices.port.message(session.peer(), channel, Body.TYPE, body).thenAccept(status -> {
            if (status >= 300) {
                voices.questions.forget(session.code(), sn);
                attempt.refused(OfflineCause.UNREACHABLE, "it answers Broadcast with " + status);
            }
        });
    }

    /** It calls. @return false when it is wanted no more, and not answered */
    boolean take(Session session, Attempt attempt, SipRequest request, SpeechSdp.Said offer) {
        String own = null;
        try {
            if (offer.ssrc().isEmpty()) {
                own = voices.ssrcs.take();
            }
            String ssrc = own == null ? offer.ssrc() : own;
            SpokenLeg leg = SpokenLeg.open(voices, attempt, offer.transport(), ssrc, own);
            if (!attempt.adopt(leg)) {
                return false;
            }
            leg.takes(offer);
            byte[] sdp = SpeechSdp.answer(
                    voices.settings.sip().user(),
                    voices.settings.sip().advertised(),
                    leg.sender().port(),
                    offer,
                    ssrc);
            AnsweredCall call = voices.port.accept(request, sdp, leg::agreed, attempt::hungUp);
            leg.call(call::hangUp);
            leg.reach(session, offer, voices.settings.mediaHosts());
            leg.whenReady(() -> attempt.opened(Way.BROADCAST));
        } catch (IOException | IllegalStateException e) {
            request.answer(503);
            attempt.refused(OfflineCause.UNREACHABLE, e.getMessage());
        } catch (SipRefused e) {
            attempt.refused(OfflineCause.ENDED, e.getMessage());
        }
        return true;
    }
}

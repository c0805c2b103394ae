package org.farwatch.ingest.sip;

import java.util.Map;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call (INVITE dialog) that a device began and we agreed to. Safe for use by many threads. */
public final class AnsweredCall {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweredCall.class);

    private final SipPort port;
    private final SipPeer peer;
    private final Dialog dialog;
    private final Runnable onAcknowledged;
    private final Runnable onEnd;
    private State state = State.ANSWERED;

    private enum State {
        /** The device may not know yet that we agreed. */
        ANSWERED,
        STANDS,
        OVER
    }

    private AnsweredCall(SipPort port, SipPeer peer, Dialog dialog, Runnable onAcknowledged, Runnable onEnd) {
        this.port = port;
        this.peer = peer;
        this.dialog = dialog;
        this.onAcknowledged = onAcknowledged;
        this.onEnd = onEnd;
    }

    static AnsweredCall begin(
            SipPort port, SipRequest invitation, byte[] answer, Runnable onAcknowledged, Runnable onEnd)
            throws SipRefused {
        Dialog dialog = invitation.dialog();
        if (dialog == null) {
            invitation.answer(481);
            throw new SipRefused(481, "the call is over before it began");
        }
        AnsweredCall call = new AnsweredCall(port, invitation.peer(), dialog, onAcknowledged, onEnd);
        dialog.setApplicationData(call);
        port.answered().add(call);
        invitation.answer(200, Map.of(), port.messages().type("application/sdp"), answer);
        return call;
    }

    /** Ends it; again does nothing. */
    public void hangUp() {
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
        }
        port.answered().remove(this);
        try {
            Request request = dialog.createRequest(Request.BYE);
            SipMessages.toward(request, peer);
            dialog.sendRequest(port.provider().getNewClientTransaction(request));
        } catch (SipException e) {
            LOG.debug("{}: BYE was not sent: {}", peer, e.getMessage());
        }
    }

    /** The device said ACK; over UDP it may say so again. */
    void acknowledged() {
        synchronized (this) {
            if (state != State.ANSWERED) {
                return;
            }
            state = State.STANDS;
        }
        onAcknowledged.run();
    }

    /** The device said BYE, or the stack gave the dialog up. */
    void ended() {
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
        }
        port.answered().remove(this);
        onEnd.run();
    }
}

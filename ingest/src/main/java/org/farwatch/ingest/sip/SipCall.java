package org.farwatch.ingest.sip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call (INVITE dialog) that we began. The device's tags are those of the stack's dialog, never built anew: devices
 * refuse a BYE with others. Safe for use by many threads.
 */
public final class SipCall {
    private static final Logger LOG = LoggerFactory.getLogger(SipCall.class);

    private final SipPort port;
    private final SipPeer peer;
    private final Runnable onEnd;
    private final ClientTransaction invitation;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private State state = State.CALLING;
    private Dialog dialog;

    private enum State {
        CALLING,
        AGREED,
        /** We want no more of it, the device may not know yet. */
        LEFT,
        OVER
    }

    private SipCall(SipPort port, SipPeer peer, ClientTransaction invitation, Runnable onEnd) {
        this.port = port;
        this.peer = peer;
        this.invitation = invitation;
        this.onEnd = onEnd;
    }

    static SipCall begin(SipPort port, SipPeer peer, Request request, Runnable onEnd) throws SipRefused {
        SipCall call = null;
        try {
            ClientTransaction transaction = port.provider().getNewClientTransaction(request);
            call = new SipCall(port, peer, transaction, onEnd);
            transaction.setApplicationData(call);
            port.calls().add(call);
            transaction.sendRequest();
            return call;
        } catch (SipException e) {
            if (call != null) {
                call.over();
            }
            throw new SipRefused(SipRefused.NO_ANSWER, String.valueOf(e.getMessage()));
        }
    }

    /** The body of the answer that agrees; fails with {@link SipRefused}. */
    public CompletableFuture<byte[]> answer() {
        return answer;
    }

    /** Ends it in the way its state asks for: CANCEL, or BYE, or nothing. */
    public void hangUp() {
        State before;
        synchronized (this) {
            before = state;
            state = before == State.AGREED ? State.OVER : before == State.CALLING ? State.LEFT : before;
        }
        switch (before) {
            case CALLING -> cancel();
            case AGREED -> {
                port.calls().remove(this);
                bye();
            }
            case LEFT, OVER -> {}
        }
    }

    /** Sends an INFO within the call. @return completes with the status of the answer */
    public CompletionStage<Integer> info(String contentType, byte[] body) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try {
            Request request = dialog().createRequest(Request.INFO);
            SipMessages.toward(request, peer);
            port.messages().body(request, contentType, body);
            ClientTransaction transaction = port.provider().getNewClientTransaction(request);
            transaction.setApplicationData(new Traffic.Awaited(status));
            dialog().sendRequest(transaction);
        } catch (SipException | IllegalStateException _) {
            status.complete(SipRefused.NO_ANSWER);
        }
        return status;
    }

    void responded(Response response, Dialog agreed) {
        int status = response.getStatusCode();
        if (status < 200) {
            return;
        }
        if (status >= 300) {
            over();
            answer.completeExceptionally(new SipRefused(status, response.getReasonPhrase()));
            return;
        }
        boolean wanted;
        synchronized (this) {
            if (state == State.OVER || state == State.AGREED) {
                return;
            }
            wanted = state == State.CALLING;
            state = wanted ? State.AGREED : State.OVER;
            dialog = agreed;
        }
        acknowledge(response);
        if (wanted) {
            byte[] body = response.getRawContent();
            answer.complete(body == null ? new byte[0] : body);
        } else {
            // It agreed while it was told that nobody wants it any more.
            port.calls().remove(this);
            bye();
        }
    }

    void timedOut() {
        over();
        answer.completeExceptionally(new SipRefused(SipRefused.NO_ANSWER, "no answer"));
    }

    /** The device said BYE, or the stack gave the dialog up. */
    void ended() {
        boolean told;
        synchronized (this) {
            told = state == State.AGREED;
            state = State.OVER;
        }
        port.calls().remove(this);
        if (told) {
            onEnd.run();
        }
    }

    private synchronized void over() {
        state = State.OVER;
        port.calls().remove(this);
    }

    private synchronized Dialog dialog() {
        if (dialog == null) {
            throw new IllegalStateException("the call is not agreed on");
        }
        return dialog;
    }

    private void acknowledge(Response response) {
        try {
            Request ack = dialog().createAck(((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getSeqNumber());
            SipMessages.toward(ack, peer);
            dialog().setApplicationData(this);
            dialog().sendAck(ack);
        } catch (SipException | InvalidArgumentException e) {
            LOG.debug("{}: the answer was not acknowledged: {}", peer, e.getMessage());
        }
    }

    private void bye() {
        try {
            Request request = dialog().createRequest(Request.BYE);
            SipMessages.toward(request, peer);
            dialog().sendRequest(port.provider().getNewClientTransaction(request));
        } catch (SipException e) {
            LOG.debug("{}: BYE was not sent: {}", peer, e.getMessage());
        }
    }

    /** Before any answer the stack refuses to; then BYE follows the answer that agrees. */
    private void cancel() {
        try {
            port.provider().getNewClientTransaction(invitation.createCancel()).sendRequest();
        } catch (SipException e) {
            LOG.debug("{}: CANCEL was not sent: {}", peer, e.getMessage());
        }
    }
}

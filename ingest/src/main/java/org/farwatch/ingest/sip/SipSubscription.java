package org.farwatch.ingest.sip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.SipException;
import javax.sip.message.Request;

/** One subscription (RFC 6665) with a device; refreshed within its dialog. Owned by one thread at a time. */
public final class SipSubscription {
    private final SipPort port;
    private final SipPeer peer;
    private final String target;
    private final String event;
    private Dialog dialog;

    SipSubscription(SipPort port, SipPeer peer, String target, String event) {
        this.port = port;
        this.peer = peer;
        this.target = target;
        this.event = event;
    }

    /**
     * Asks, or asks again.
     *
     * @param expires seconds, 0 ends it
     * @return completes with the status of the answer
     */
    public CompletionStage<Integer> ask(int expires, String contentType, byte[] body) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try {
            boolean again = dialog != null && DialogState.CONFIRMED.equals(dialog.getState());
            Request request = again
                    ? dialog.createRequest(Request.SUBSCRIBE)
                    : port.messages()
                            .request(
                                    Request.SUBSCRIBE,
                                    peer,
                                    target,
                                    port.provider().getNewCallId());
            if (again) {
                SipMessages.toward(request, peer);
            }
            request.removeHeader("Event");
            port.messages().add(request, "Event", event);
            port.messages().add(request, "Expires", Integer.toString(expires));
            port.messages().body(request, contentType, body);
            ClientTransaction transaction = port.provider().getNewClientTransaction(request);
            transaction.setApplicationData(new Traffic.Awaited(status));
            if (again) {
                dialog.sendRequest(transaction);
            } else {
                dialog = transaction.getDialog();
                transaction.sendRequest();
            }
        } catch (SipException _) {
            status.complete(SipRefused.NO_ANSWER);
        }
        return status;
    }
}

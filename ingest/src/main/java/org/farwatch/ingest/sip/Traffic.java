package org.farwatch.ingest.sip;

import gov.nist.javax.sip.RequestEventExt;
import java.util.concurrent.CompletableFuture;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts what the stack reports: answers to who awaits them, requests to the handler. */
final class Traffic implements SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final SipPort port;
    private final SipHandler handler;
    private final Floodgate gate;

    /** Who awaits the answer to a request outside of a call. */
    record Awaited(CompletableFuture<Integer> status) {}

    Traffic(SipPort port, SipHandler handler, Floodgate gate) {
        this.port = port;
        this.handler = handler;
        this.gate = gate;
    }

    @Override
    public void processRequest(RequestEvent event) {
        RequestEventExt received = (RequestEventExt) event;
        Request request = event.getRequest();
        SipPeer peer = SipRequest.peerOf(received);
        if (!gate.passes(peer.host())) {
            handler.flooded(peer);
            return;
        }
        if (request.getMethod().equals(Request.ACK)) {
            if (event.getDialog() != null && event.getDialog().getApplicationData() instanceof AnsweredCall call) {
                call.acknowledged();
            }
            return;
        }
        try {
            ServerTransaction transaction = event.getServerTransaction() == null
                    ? port.provider().getNewServerTransaction(request)
                    : event.getServerTransaction();
            SipRequest asked = new SipRequest(port.messages(), received, transaction);
            if (request.getMethod().equals(Request.BYE)) {
                bye(asked, event.getDialog());
            } else {
                handler.request(asked);
            }
        } catch (SipException e) {
            // The same request once more, while the first is being answered.
            LOG.debug("{}: {}: {}", peer, request.getMethod(), e.getMessage());
        }
    }

    private static void bye(SipRequest asked, Dialog dialog) {
        Object call = dialog == null ? null : dialog.getApplicationData();
        asked.answer(call instanceof SipCall || call instanceof AnsweredCall ? 200 : 481);
        over(call);
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction == null) {
            return;
        }
        int status = event.getResponse().getStatusCode();
        switch (transaction.getApplicationData()) {
            case Awaited awaited -> {
                if (status >= 200) {
                    awaited.status().complete(status);
                }
            }
            case SipCall call -> call.responded(event.getResponse(), event.getDialog());
            case null, default -> {}
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            gone(event.getClientTransaction());
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // Only the transaction knows whose it is: its own timer reports it.
        LOG.debug("{}:{} cannot be reached over {}", event.getHost(), event.getPort(), event.getTransport());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        if (!event.isServerTransaction()
                && event.getClientTransaction().getApplicationData() instanceof Awaited awaited) {
            awaited.status().complete(SipRefused.NO_ANSWER);
        }
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        over(event.getDialog().getApplicationData());
    }

    private static void over(Object call) {
        switch (call) {
            case SipCall ours -> ours.ended();
            case AnsweredCall theirs -> theirs.ended();
            case null, default -> {}
        }
    }

    private static void gone(Transaction transaction) {
        switch (transaction.getApplicationData()) {
            case Awaited awaited -> awaited.status().complete(SipRefused.NO_ANSWER);
            case SipCall call -> call.timedOut();
            case null, default -> {}
        }
    }
}

package org.farwatch.ingest.sip;

import gov.nist.javax.sip.RequestEventExt;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that a device sent. Answered once, by any thread. */
public final class SipRequest {
    private static final Logger LOG = LoggerFactory.getLogger(SipRequest.class);

    private final SipMessages messages;
    private final Request request;
    private final ServerTransaction transaction;
    private final SipPeer peer;
    private final AtomicBoolean answered = new AtomicBoolean();

    SipRequest(SipMessages messages, RequestEventExt event, ServerTransaction transaction) {
        this.messages = messages;
        this.request = event.getRequest();
        this.transaction = transaction;
        this.peer = peerOf(event);
    }

    static SipPeer peerOf(RequestEventExt event) {
        ViaHeader via = (ViaHeader) event.getRequest().getHeader(ViaHeader.NAME);
        boolean tcp = via != null && "TCP".equalsIgnoreCase(via.getTransport());
        return new SipPeer(
                event.getRemoteIpAddress(), event.getRemotePort(), tcp ? SipPeer.Transport.TCP : SipPeer.Transport.UDP);
    }

    /** Such as {@code MESSAGE}. */
    public String method() {
        return request.getMethod();
    }

    /** The user of the From address: a device's code, or whatever it puts there. Empty when there is none. */
    public String from() {
        FromHeader from = (FromHeader) request.getHeader(FromHeader.NAME);
        return from == null ? "" : user(from.getAddress().getURI());
    }

    /** The user of the To address. */
    public String to() {
        ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
        return to == null ? "" : user(to.getAddress().getURI());
    }

    /** Whether it belongs to a call or subscription that is on. */
    public boolean within() {
        ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
        return to != null && to.getTag() != null;
    }

    /** What an INVITE begins; null when it begins nothing. */
    Dialog dialog() {
        return transaction.getDialog();
    }

    public SipPeer peer() {
        return peer;
    }

    /** The body; empty when there is none. Not to be changed. */
    public byte[] body() {
        byte[] raw = request.getRawContent();
        return raw == null ? new byte[0] : raw;
    }

    /** The value of the first header of this name, without the name; null when there is none. */
    public String header(String name) {
        Header header = request.getHeader(name);
        if (header == null) {
            return null;
        }
        String text = header.toString();
        return text.substring(text.indexOf(':') + 1).strip();
    }

    /** {@code expires} of the Contact if it says so, else of the header; -1 when neither does. */
    public int expires() {
        if (request.getHeader(ContactHeader.NAME) instanceof ContactHeader contact && contact.getExpires() >= 0) {
            return contact.getExpires();
        }
        return request.getExpires() == null ? -1 : request.getExpires().getExpires();
    }

    /** Answers without a body. */
    public void answer(int status) {
        answer(status, Map.of());
    }

    /** Answers with headers and without a body. */
    public void answer(int status, Map<String, String> headers) {
        answer(status, headers, null, null);
    }

    /**
     * Answers; a second answer is left out.
     *
     * @param contentType null for none
     */
    public void answer(int status, Map<String, String> headers, ContentTypeHeader contentType, byte[] body) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            Response response = messages.answer(request, status);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                response.addHeader(messages.header(header.getKey(), header.getValue()));
            }
            if (body != null) {
                response.setContent(body, contentType);
            }
            transaction.sendResponse(response);
        } catch (ParseException | SipException | InvalidArgumentException e) {
            LOG.debug("{}: {} was not answered: {}", peer, method(), e.getMessage());
        }
    }

    private static String user(URI address) {
        return address instanceof SipURI sip && sip.getUser() != null ? sip.getUser() : "";
    }
}

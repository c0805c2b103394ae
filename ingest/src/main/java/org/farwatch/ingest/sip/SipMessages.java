package org.farwatch.ingest.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Makes the messages that we send. Stateless but for its factories; any thread. */
final class SipMessages {
    private static final int MAX_FORWARDS = 70;

    private final SipSettings settings;
    private final int port;
    private final AddressFactoryImpl addresses = new AddressFactoryImpl();
    private final HeaderFactory headers = new HeaderFactoryImpl();
    private final MessageFactoryImpl messages = new MessageFactoryImpl();

    /** @param port that we are bound to */
    SipMessages(SipSettings settings, int port) {
        this.settings = settings;
        this.port = port;
    }

    /**
     * A request outside of a dialog.
     *
     * @param target 20-digit code it is for
     */
    Request request(String method, SipPeer peer, String target, CallIdHeader call) {
        try {
            String transport = peer.transport().token();
            SipURI to = addresses.createSipURI(target, peer.host());
            to.setPort(peer.port());
            ViaHeader via = headers.createViaHeader(settings.advertised(), port, transport, null);
            via.setRPort();
            Request request = messages.createRequest(
                    to,
                    method,
                    call,
                    headers.createCSeqHeader(1L, method),
                    headers.createFromHeader(address(settings.user()), tag()),
                    headers.createToHeader(address(target), null),
                    List.of(via),
                    headers.createMaxForwardsHeader(MAX_FORWARDS));
            request.addHeader(contact(transport));
            return request;
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException("no SIP request can be made for " + target + " at " + peer, e);
        }
    }

    /** Points a request of a dialog at where the device really is: its Contact may be a private address. */
    static void toward(Request request, SipPeer peer) {
        try {
            SipURI target = (SipURI) request.getRequestURI();
            target.setHost(peer.host());
            target.setPort(peer.port());
            target.setTransportParam(peer.transport().token());
        } catch (ParseException e) {
            throw new IllegalArgumentException("no address: " + peer, e);
        }
    }

    void body(Request request, String type, byte[] body) {
        try {
            request.setContent(body, type(type));
        } catch (ParseException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    /** @param type with a slash */
    ContentTypeHeader type(String type) {
        try {
            int slash = type.indexOf('/');
            return headers.createContentTypeHeader(type.substring(0, slash), type.substring(slash + 1));
        } catch (ParseException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    /** Date has a form of its own in GB/T 28181; the others must be what the stack takes them for. */
    Header header(String name, String value) throws ParseException {
        return name.equals("Date") ? new PlainHeader(name, value) : headers.createHeader(name, value);
    }

    void add(Request request, String name, String value) {
        try {
            request.addHeader(header(name, value));
        } catch (ParseException e) {
            throw new IllegalArgumentException(name + ": " + value, e);
        }
    }

    Response answer(Request request, int status) throws ParseException {
        Response response = messages.createResponse(status, request);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null) {
            to.setTag(tag());
        }
        if (request.getMethod().equals(Request.INVITE)) {
            ViaHeader via = (ViaHeader) request.getHeader(ViaHeader.NAME);
            response.addHeader(contact(via.getTransport()));
        }
        return response;
    }

    private ContactHeader contact(String transport) throws ParseException {
        SipURI uri = addresses.createSipURI(settings.user(), settings.advertised());
        uri.setPort(port);
        if (transport.equalsIgnoreCase(SipPeer.Transport.TCP.token())) {
            uri.setTransportParam(transport);
        }
        return headers.createContactHeader(addresses.createAddress(uri));
    }

    private Address address(String user) throws ParseException {
        return addresses.createAddress(addresses.createSipURI(user, settings.domain()));
    }

    static String tag() {
        return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    }
}

package org.farwatch.ingest.sip;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.text.ParseException;
import java.util.Properties;
import java.util.Set;
import java.util.TooManyListenersException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;
import javax.sip.message.Request;
import org.farwatch.ingest.SteadyPort;

/**
 * The SIP port, one number on UDP and TCP. {@link #start} and {@link #close} may be called once each; the rest by any
 * thread in between.
 */
public final class SipPort implements AutoCloseable {
    private static final int TRIES = 20;

    private final SipSettings settings;
    private final SipHandler handler;
    private SipStackImpl stack;
    private SipProvider provider;
    private SipMessages messages;
    /** Calls that are not over: none is left behind when the port closes. */
    private final Set<SipCall> calls = ConcurrentHashMap.newKeySet();

    private final Set<AnsweredCall> answered = ConcurrentHashMap.newKeySet();

    public SipPort(SipSettings settings, SipHandler handler) {
        this.settings = settings;
        this.handler = handler;
    }

    /**
     * Binds both transports and begins to listen.
     *
     * @return the address bound
     * @throws IOException naming setting, address, transport and port
     */
    public InetSocketAddress start() throws IOException {
        for (int tries = 1; ; tries++) {
            int port = settings.port() == 0 ? SteadyPort.free() : settings.port();
            try {
                probe(port);
                bind(port);
                return new InetSocketAddress(settings.host(), port);
            } catch (IOException e) {
                if (settings.port() != 0 || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The stack's own sentence for a port that is taken names neither transport nor setting. */
    private void probe(int port) throws IOException {
        InetAddress host = InetAddress.getByName(settings.host());
        try (ServerSocket _ = new ServerSocket(port, 1, host)) {
            try (DatagramSocket _ = new DatagramSocket(port, host)) {
                return;
            } catch (IOException e) {
                throw refused("UDP", port, e);
            }
        } catch (BindException e) {
            throw refused("TCP", port, e);
        }
    }

    private IOException refused(String transport, int port, Exception cause) {
        return new IOException(
                "%s: cannot listen on %s, %s port %d: %s"
                        .formatted(settings.setting(), settings.host(), transport, port, cause.getMessage()),
                cause);
    }

    private void bind(int port) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "farwatch-" + UUID.randomUUID());
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
        properties.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", Integer.toString(settings.threads()));
        properties.setProperty("gov.nist.javax.sip.MAX_CONNECTIONS", Integer.toString(settings.maxConnections()));
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(SipSettings.MAX_MESSAGE));
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", StackLog.class.getName());
        try {
            stack = new SipStackImpl(properties);
            messages = new SipMessages(settings, port);
            provider = stack.createSipProvider(listen(port, ListeningPoint.UDP));
            provider.addListeningPoint(listen(port, ListeningPoint.TCP));
            provider.addSipListener(new Traffic(
                    this, handler, new Floodgate(settings.messagesPerSecond(), settings.burst(), System::nanoTime)));
            stack.start();
        } catch (PeerUnavailableException
                | TransportNotSupportedException
                | InvalidArgumentException
                | ObjectInUseException
                | TooManyListenersException e) {
            close();
            throw refused("UDP and TCP", port, e);
        } catch (SipException e) {
            close();
            throw refused("UDP and TCP", port, e);
        }
    }

    private ListeningPoint listen(int port, String transport)
            throws TransportNotSupportedException, InvalidArgumentException {
        ListeningPoint point = stack.createListeningPoint(settings.host(), port, transport);
        try {
            point.setSentBy(settings.advertised() + ":" + port);
        } catch (ParseException e) {
            throw new InvalidArgumentException("advertised address " + settings.advertised(), e);
        }
        return point;
    }

    /** Ends all calls: a device that is told nothing goes on sending. */
    @Override
    public void close() {
        if (stack != null) {
            calls.forEach(SipCall::hangUp);
            answered.forEach(AnsweredCall::hangUp);
            stack.stop();
            stack = null;
        }
    }

    public SipSettings settings() {
        return settings;
    }

    /**
     * Sends a MESSAGE.
     *
     * @param target 20-digit code of the device or channel it is for
     * @return completes with the status of the final answer, {@link SipRefused#NO_ANSWER} when none came
     */
    public CompletionStage<Integer> message(SipPeer peer, String target, String contentType, byte[] body) {
        Request request = messages.request(Request.MESSAGE, peer, target, provider.getNewCallId());
        messages.body(request, contentType, body);
        return send(request);
    }

    /**
     * Calls a channel.
     *
     * @param subject of GB/T 28181: who sends which stream to whom
     * @param ended told once when the call that was agreed on is over without our doing; by any thread
     */
    public SipCall invite(SipPeer peer, String channel, String subject, byte[] offer, Runnable ended)
            throws SipRefused {
        Request request = messages.request(Request.INVITE, peer, channel, provider.getNewCallId());
        messages.add(request, "Subject", subject);
        messages.body(request, "application/sdp", offer);
        return SipCall.begin(this, peer, request, ended);
    }

    /**
     * Agrees to an INVITE.
     *
     * @param answer SDP
     * @param acknowledged told once when the device knows it; by any thread
     * @param ended told once when the call is over without our doing; by any thread
     * @throws SipRefused when the call is over already; then it is answered
     */
    public AnsweredCall accept(SipRequest invitation, byte[] answer, Runnable acknowledged, Runnable ended)
            throws SipRefused {
        return AnsweredCall.begin(this, invitation, answer, acknowledged, ended);
    }

    /**
     * A subscription that is not yet asked for.
     *
     * @param event such as {@code presence}
     */
    public SipSubscription subscription(SipPeer peer, String target, String event) {
        return new SipSubscription(this, peer, target, event);
    }

    Set<SipCall> calls() {
        return calls;
    }

    Set<AnsweredCall> answered() {
        return answered;
    }

    SipProvider provider() {
        return provider;
    }

    SipMessages messages() {
        return messages;
    }

    CompletableFuture<Integer> send(Request request) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try {
            ClientTransaction transaction = provider.getNewClientTransaction(request);
            transaction.setApplicationData(new Traffic.Awaited(status));
            transaction.sendRequest();
        } catch (SipException _) {
            status.complete(SipRefused.NO_ANSWER);
        }
        return status;
    }
}

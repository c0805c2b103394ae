package org.farwatch.ingest.simulator.camera;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.ingest.simulator.camera.RtspMessage.Malformed;
import org.farwatch.ingest.simulator.camera.RtspMessage.Request;

/**
 * One client's connection with at most one session, which lives as long as it (RFC 2326, 10 and appendix A). Owned by its
 * event loop.
 */
final class CameraConnection extends SimpleChannelInboundHandler<RtspMessage> {
    static final String TRACK = "track1";

    private static final String METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN";
    /** Methods of RTSP that a live camera has no use for. */
    private static final Set<String> OTHER_METHODS = Set.of("ANNOUNCE", "PAUSE", "RECORD", "REDIRECT", "SET_PARAMETER");

    private static final Pattern ADDRESS = Pattern.compile("rtsp://[^/]+/([^?]*)(?:\\?.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHANNELS = Pattern.compile("interleaved=(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final int SESSION_SECONDS = 60;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the client has come to (RFC 2326, A.2). */
    private enum State {
        INIT,
        READY,
        PLAYING
    }

    private final CameraServer server;
    private final DigestLogin login;
    private State state = State.INIT;
    private String session = "";
    private SimulatedCamera camera;
    private InterleavedTrack track;
    private CameraWatcher watcher;
    private ScheduledFuture<?> silence;

    CameraConnection(CameraServer server) {
        super(RtspMessage.class);
        this.server = server;
        login = server.settings().login() == null
                ? null
                : new DigestLogin(server.settings().login());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        awaitRequest(context);
        context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RtspMessage message) {
        awaitRequest(context);
        switch (message) {
            case Malformed(RtspStatus status, String cseq) ->
                write(context, status, cseq, Map.of("Connection", "close"), "")
                        .addListener(ChannelFutureListener.CLOSE);
            case Request request -> answer(context, request);
        }
    }

    private void answer(ChannelHandlerContext context, Request request) {
        boolean asks = request.method().equals("OPTIONS");
        if (request.header("require") != null) {
            reply(context, request, RtspStatus.OPTION_NOT_SUPPORTED, Map.of("Unsupported", request.header("require")));
        } else if (OTHER_METHODS.contains(request.method())) {
            reply(context, request, RtspStatus.METHOD_NOT_ALLOWED, Map.of("Allow", METHODS));
        } else if (!asks && login != null && !login.admits(request)) {
            reply(context, request, RtspStatus.UNAUTHORIZED, Map.of("WWW-Authenticate", login.challenge()));
        } else {
            switch (request.method()) {
                case "OPTIONS" -> reply(context, request, RtspStatus.OK, Map.of("Public", METHODS));
                case "DESCRIBE" -> describe(context, request);
                case "SETUP" -> setUp(context, request);
                case "PLAY" -> play(context, request);
                case "GET_PARAMETER" -> inSession(context, request);
                case "TEARDOWN" -> tearDown(context, request);
                default -> reply(context, request, RtspStatus.NOT_IMPLEMENTED, Map.of("Public", METHODS));
            }
        }
    }

    private void describe(ChannelHandlerContext context, Request request) {
        SimulatedCamera asked = camera(request, false);
        String accept = request.header("accept");
        if (asked == null) {
            reply(context, request, RtspStatus.NOT_FOUND, Map.of());
        } else if (accept != null && !accept.contains("application/sdp") && !accept.contains("*/*")) {
            reply(context, request, RtspStatus.NOT_ACCEPTABLE, Map.of());
        } else {
            // Before its first picture a camera does not know its parameter sets.
            var _ = asked.format()
                    .whenCompleteAsync(
                            (format, fault) -> {
                                if (fault != null) {
                                    reply(context, request, RtspStatus.SERVICE_UNAVAILABLE, Map.of());
                                    return;
                                }
                                Map<String, String> headers = new LinkedHashMap<>();
                                headers.put("Content-Base", withoutQuery(request.uri()) + "/");
                                headers.put("Content-Type", "application/sdp");
                                var _ = write(
                                        context,
                                        RtspStatus.OK,
                                        request.header("cseq"),
                                        headers,
                                        sdp(context, asked, format));
                            },
                            context.executor());
        }
    }

    private static String sdp(ChannelHandlerContext context, SimulatedCamera asked, VideoFormat format) {
        InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
        return SessionDescription.of(asked, format, local.getAddress().getHostAddress());
    }

    private void setUp(ChannelHandlerContext context, Request request) {
        SimulatedCamera asked = camera(request, true);
        String transport = request.header("transport");
        if (asked == null) {
            reply(context, request, RtspStatus.NOT_FOUND, Map.of());
        } else if (state != State.INIT) {
            reply(context, request, RtspStatus.METHOD_NOT_VALID, Map.of());
        } else if (request.header("session") != null) {
            reply(context, request, RtspStatus.SESSION_NOT_FOUND, Map.of());
        } else if (transport == null) {
            reply(context, request, RtspStatus.BAD_REQUEST, Map.of());
        } else {
            track = interleaved(transport, server.settings().clockAhead());
            if (track == null) {
                reply(context, request, RtspStatus.UNSUPPORTED_TRANSPORT, Map.of());
            } else {
                camera = asked;
                session = Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
                state = State.READY;
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put(
                        "Transport",
                        "RTP/AVP/TCP;unicast;interleaved=" + track.channels() + ";ssrc=" + track.ssrc()
                                + ";mode=\"PLAY\"");
                headers.put("Session", session + ";timeout=" + SESSION_SECONDS);
                reply(context, request, RtspStatus.OK, headers);
            }
        }
    }

    /** The first of the transports that the client offers and this server has; null when there is none. */
    private static InterleavedTrack interleaved(String transports, Duration clockAhead) {
        for (String offered : transports.split(",", -1)) {
            String[] parts = offered.strip().split(";", -1);
            if (parts[0].equalsIgnoreCase("RTP/AVP/TCP")) {
                Matcher channels = CHANNELS.matcher(offered);
                int rtp = channels.find() ? Integer.parseInt(channels.group(1)) : 0;
                int rtcp = rtp + 1;
                if (rtcp <= 255) {
                    return new InterleavedTrack(rtp, rtcp, clockAhead);
                }
            }
        }
        return null;
    }

    private void play(ChannelHandlerContext context, Request request) {
        String range = request.header("range");
        if (state == State.INIT) {
            reply(context, request, RtspStatus.METHOD_NOT_VALID, Map.of());
        } else if (!session.equals(sessionOf(request))) {
            reply(context, request, RtspStatus.SESSION_NOT_FOUND, Map.of());
        } else if (camera(request, true) != camera) {
            reply(context, request, RtspStatus.NOT_FOUND, Map.of());
        } else if (range != null && !range.startsWith("npt=")) {
            reply(context, request, RtspStatus.INVALID_RANGE, Map.of());
        } else if (state == State.READY
                && camera.watching() >= server.settings().watchers()) {
            reply(context, request, RtspStatus.NOT_ENOUGH_BANDWIDTH, Map.of());
        } else {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Session", session);
            headers.put("Range", "npt=now-");
            headers.put(
                    "RTP-Info",
                    "url=" + withoutQuery(request.uri()) + "/" + TRACK + ";seq=" + track.sequence() + ";rtptime="
                            + Integer.toUnsignedString(camera.clock()));
            reply(context, request, RtspStatus.OK, headers);
            if (state == State.READY) {
                state = State.PLAYING;
                watcher = new CameraWatcher(context.channel(), track, server.droppedPictures());
                camera.watch(watcher);
            }
        }
    }

    /** A client's way of saying that it is still there (RFC 2326, 10.8). */
    private void inSession(ChannelHandlerContext context, Request request) {
        String named = sessionOf(request);
        if (named.isEmpty() || named.equals(session)) {
            reply(context, request, RtspStatus.OK, named.isEmpty() ? Map.of() : Map.of("Session", session));
        } else {
            reply(context, request, RtspStatus.SESSION_NOT_FOUND, Map.of());
        }
    }

    private void tearDown(ChannelHandlerContext context, Request request) {
        if (state == State.INIT || !session.equals(sessionOf(request))) {
            reply(context, request, RtspStatus.SESSION_NOT_FOUND, Map.of());
        } else {
            leave();
            reply(context, request, RtspStatus.OK, Map.of());
        }
    }

    private void leave() {
        if (watcher != null) {
            watcher.leave();
            camera.leave(watcher);
            watcher = null;
        }
        state = State.INIT;
        session = "";
        camera = null;
        track = null;
    }

    /** The camera that a request's address names; null when there is none. */
    private SimulatedCamera camera(Request request, boolean orTrack) {
        Matcher address = ADDRESS.matcher(request.uri());
        if (!address.matches()) {
            return null;
        }
        String path = address.group(1).replaceFirst("/$", "");
        return server.camera(
                orTrack && path.endsWith("/" + TRACK) ? path.substring(0, path.length() - TRACK.length() - 1) : path);
    }

    private static String sessionOf(Request request) {
        String header = request.header("session");
        return header == null ? "" : header.split(";", 2)[0].strip();
    }

    private static String withoutQuery(String uri) {
        return uri.replaceFirst("\\?.*$", "").replaceFirst("/$", "");
    }

    /** A client that neither watches nor asks is sent away; a watcher shows by taking pictures that it is there. */
    private void awaitRequest(ChannelHandlerContext context) {
        if (silence != null) {
            silence.cancel(false);
        }
        silence = context.executor()
                .schedule(
                        () -> {
                            if (state != State.PLAYING) {
                                var _ = context.close();
                            }
                        },
                        SESSION_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static void reply(
            ChannelHandlerContext context, Request request, RtspStatus status, Map<String, String> headers) {
        var _ = write(context, status, request.header("cseq"), headers, "");
    }

    private static ChannelFuture write(
            ChannelHandlerContext context, RtspStatus status, String cseq, Map<String, String> headers, String body) {
        StringBuilder answer = new StringBuilder(status.line()).append("\r\n");
        if (cseq != null) {
            answer.append("CSeq: ").append(cseq).append("\r\n");
        }
        headers.forEach(
                (name, value) -> answer.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            answer.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        answer.append("\r\n").append(body);
        return context.writeAndFlush(
                ByteBufUtil.encodeString(context.alloc(), CharBuffer.wrap(answer), StandardCharsets.UTF_8));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
        if (silence != null) {
            silence.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A connection that breaks off is how clients leave.
        var _ = context.close();
    }
}

package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.CameraClock;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.PacketTrack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session with a camera: described, set up, played, kept alive, torn down. Owned by the stream's thread. */
final class RtspCall implements Upstream, RtspReader.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(RtspCall.class);
    private static final Pattern INTERLEAVED = Pattern.compile("interleaved=(\\d{1,3})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMEOUT = Pattern.compile("timeout=(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    private static final Pattern STAMP = Pattern.compile("rtptime=(\\d{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("url=\"?([^\";,]+)", Pattern.CASE_INSENSITIVE);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REPORTS = Duration.ofSeconds(5);
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    /** Of a sender report without blocks (RFC 3550, 6.4.1). */
    private static final int REPORT_BYTES = 28;

    /** NTP counts from 1900. */
    private static final long SINCE_1900 = 2_208_988_800L;

    private static final int UNSUPPORTED_TRANSPORT = 461;

    private final RtspAddress address;
    private final Login login;
    private final List<Playing> tracks = new ArrayList<>();
    private final Map<Integer, Playing> byChannel = new HashMap<>();
    private final CameraClock clock = new CameraClock();
    private Feed feed;
    private RtspLink link;
    private boolean unfit;
    private String base;
    private String session;
    private int sequence;
    private RtspMessage answer;
    private Duration patience = USUAL_TIMEOUT;
    private long keptAlive;
    private long reported;

    /** One track that was set up. */
    private record Playing(Choice choice, String url, int channel, TrackClock clock, PacketTrack packets) {}

    RtspCall(RtspAddress address) {
        this.address = address;
        login = new Login(address.user(), address.password());
    }

    /** Whether the camera answered, and sends what only libavformat reads. */
    boolean unfit() {
        return unfit;
    }

    @Override
    public void begin(Feed feed, Duration limit) throws PullFailure, InterruptedException {
        this.feed = feed;
        long end = System.nanoTime() + limit.toNanos();
        try {
            link = new RtspLink(address.host(), address.port(), millis(end), this);
            RtspMessage described = done(ask("DESCRIBE", address.url(), Map.of("Accept", "application/sdp"), end));
            base = base(described);
            List<Choice> chosen = Choice.of(SessionDescription.parse(described.text()))
                    .orElseThrow(() -> unfit("it sends other media"));
            for (Choice choice : chosen) {
                setUp(choice, end);
            }
            RtspMessage playing = done(ask("PLAY", base, Map.of("Range", "npt=0.000-"), end));
            beginClocks(playing.header("rtp-info"));
            keptAlive = System.nanoTime();
            reported = keptAlive;
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (SocketTimeoutException _) {
            throw new PullFailure(OfflineCause.TIMEOUT, "cannot be opened: no answer in time");
        } catch (UnknownHostException | UnresolvedAddressException _) {
            throw new PullFailure(OfflineCause.UNREACHABLE, "cannot be opened: no such host " + address.host());
        } catch (ProtocolException e) {
            throw new PullFailure(OfflineCause.NOT_VIDEO, "cannot be opened: " + e.getMessage());
        } catch (IOException e) {
            throw new PullFailure(
                    link == null ? OfflineCause.UNREACHABLE : OfflineCause.BROKEN,
                    "cannot be opened: " + e.getMessage());
        }
    }

    private void setUp(Choice choice, long end) throws IOException, PullFailure {
        int wanted = 2 * tracks.size();
        String url = resolve(choice.media().control());
        RtspMessage set = ask(
                "SETUP",
                url,
                Map.of("Transport", "RTP/AVP/TCP;unicast;interleaved=%d-%d".formatted(wanted, wanted + 1)),
                end);
        if (set.status() == UNSUPPORTED_TRANSPORT) {
            throw unfit("it sends datagrams only");
        }
        String transport = done(set).header("transport");
        Matcher interleaved = INTERLEAVED.matcher(transport == null ? "" : transport);
        if (!interleaved.find() || Integer.parseInt(interleaved.group(1)) > 255) {
            throw unfit("it does not send inside the connection");
        }
        String named = set.header("session");
        if (named != null) {
            session = named.split(";", -1)[0].strip();
            Matcher timeout = TIMEOUT.matcher(named);
            patience = timeout.find() ? Duration.ofSeconds(Math.max(4, Integer.parseInt(timeout.group(1)))) : patience;
        }
        TrackClock clock = new TrackClock(choice.payload().clockRate());
        Playing playing = new Playing(
                choice,
                url,
                Integer.parseInt(interleaved.group(1)),
                clock,
                new PacketTrack(choice.payload(), choice.media().type(), choice.sets(), feed, clock));
        tracks.add(playing);
        byChannel.put(playing.channel(), playing);
    }

    private void beginClocks(String info) {
        for (Playing track : tracks) {
            long stamp = -1;
            for (String of : info == null ? new String[0] : info.split(",(?=\\s*url)", -1)) {
                Matcher url = URL.matcher(of);
                Matcher time = STAMP.matcher(of);
                if (url.find()
                        && time.find()
                        && track.url().endsWith(url.group(1).strip())) {
                    stamp = Long.parseLong(time.group(1)) & 0xffff_ffffL;
                }
            }
            track.clock().playing(stamp);
        }
    }

    @Override
    public boolean fetch(long nanos) throws InterruptedException {
        long now = System.nanoTime();
        try {
            keepAlive(now);
            long next = Math.min(nanos, reported + REPORTS.toNanos() - now);
            if (!link.read((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(next)))) {
                ended(OfflineCause.ENDED, "the camera ended the stream");
            }
        } catch (SocketTimeoutException _) {
            // The queue knows how long it may be silent.
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (IOException e) {
            ended(OfflineCause.BROKEN, "the connection broke: " + e.getMessage());
        }
        return true;
    }

    private void ended(OfflineCause cause, String detail) {
        tracks.forEach(track -> track.packets().end(System.currentTimeMillis()));
        feed.failed(cause, detail);
    }

    @Override
    public void end() {
        if (link == null) {
            return;
        }
        for (Playing track : tracks) {
            PacketTrack packets = track.packets();
            if (packets.packetsLost() + packets.packetsUnread() > 0) {
                LOG.info(
                        "{}: {} packets of {} were lost, {} could not be read",
                        address,
                        packets.packetsLost(),
                        track.choice().media().kind(),
                        packets.packetsUnread());
            }
        }
        try {
            if (session != null) {
                link.send(request("TEARDOWN", base, Map.of()));
            }
        } catch (IOException _) {
            // The connection says the same with its end.
        }
        link.close();
    }

    @Override
    public void packet(int channel, byte[] bytes, int offset, int length) {
        Playing track = byChannel.get(channel);
        if (track != null) {
            track.packets().packet(bytes, offset, length, System.currentTimeMillis());
        } else if (byChannel.containsKey(channel - 1)
                && length >= REPORT_BYTES
                && (bytes[offset + 1] & 0xff) == SENDER_REPORT) {
            ByteBuffer time = ByteBuffer.wrap(bytes, offset + 8, 8);
            long seconds = Integer.toUnsignedLong(time.getInt()) - SINCE_1900;
            clock.take(
                    seconds * 1_000 + (Integer.toUnsignedLong(time.getInt()) * 1_000 >>> 32),
                    System.currentTimeMillis());
        }
    }

    /** Milliseconds that the camera's clock is ahead of ours, by its sender reports. */
    OptionalLong clockOffset() {
        return clock.offset();
    }

    @Override
    public void message(RtspMessage message) throws IOException {
        if (message.status() != RtspMessage.REQUEST) {
            answer = Integer.toString(sequence).equals(message.header("cseq")) ? message : answer;
            return;
        }
        boolean known =
                message.first().startsWith("OPTIONS ") || message.first().contains("_PARAMETER ");
        String number = message.header("cseq");
        link.send("%s %s\r\nCSeq: %s\r\n\r\n"
                .formatted(
                        RtspMessage.VERSION,
                        known ? "200 OK" : "501 Not Implemented",
                        number != null && number.matches("[0-9]{1,9}") ? number : "0")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void desync() {
        tracks.forEach(track -> track.packets().lost());
    }

    private void keepAlive(long now) throws IOException {
        if (now - keptAlive > patience.toNanos() / 2) {
            keptAlive = now;
            link.send(request("OPTIONS", base, Map.of()));
        }
        if (now - reported > REPORTS.toNanos()) {
            reported = now;
            for (Playing track : tracks) {
                // An empty receiver report (RFC 3550, 6.4.2): it is there that counts.
                link.send(ByteBuffer.allocate(12)
                        .put((byte) '$')
                        .put((byte) (track.channel() + 1))
                        .putShort((short) 8)
                        .put((byte) 0x80)
                        .put((byte) RECEIVER_REPORT)
                        .putShort((short) 1)
                        .putInt(System.identityHashCode(this))
                        .array());
            }
        }
    }

    /** Asks, and once more with the password where that is demanded. */
    private RtspMessage ask(String method, String url, Map<String, String> headers, long end)
            throws IOException, PullFailure {
        RtspMessage said = once(method, url, headers, end);
        if (said.status() == 401 && address.hasLogin() && login.challenged(said.all("www-authenticate"))) {
            said = once(method, url, headers, end);
        }
        return said;
    }

    private RtspMessage once(String method, String url, Map<String, String> headers, long end)
            throws IOException, PullFailure {
        link.send(request(method, url, headers));
        answer = null;
        while (answer == null) {
            if (!link.read(millis(end))) {
                throw new PullFailure(OfflineCause.NOT_VIDEO, "cannot be opened: ended the connection");
            }
        }
        return answer;
    }

    private byte[] request(String method, String url, Map<String, String> headers) {
        StringBuilder text = new StringBuilder("%s %s %s\r\nCSeq: %d\r\nUser-Agent: Farwatch\r\n"
                .formatted(method, url, RtspMessage.VERSION, ++sequence));
        if (session != null) {
            text.append("Session: ").append(session).append("\r\n");
        }
        login.header(method, url)
                .ifPresent(shown -> text.append("Authorization: ").append(shown).append("\r\n"));
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private RtspMessage done(RtspMessage said) throws PullFailure {
        int status = said.status();
        if (status == 200) {
            return said;
        }
        if (status >= 300 && status < 400) {
            throw unfit("it sends on to another address");
        }
        OfflineCause cause = switch (status) {
            case 401, 403, 407 -> OfflineCause.UNAUTHORISED;
            case 404, 410 -> OfflineCause.NOT_FOUND;
            default -> OfflineCause.BROKEN;
        };
        throw new PullFailure(cause, "cannot be opened: the camera answers " + status);
    }

    private PullFailure unfit(String why) {
        unfit = true;
        return new PullFailure(OfflineCause.UNSUPPORTED_CODEC, why);
    }

    /** What controls are relative to (RFC 2326, C.1.1). A camera names itself as it likes: the host stays ours. */
    private String base(RtspMessage described) {
        String named = described.header("content-base");
        return named != null && named.startsWith("rtsp://") ? named.strip() : address.url();
    }

    private String resolve(String control) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        if (control.startsWith("rtsp://")) {
            return control;
        }
        return base.endsWith("/") ? base + control : base + "/" + control;
    }

    private static int millis(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}

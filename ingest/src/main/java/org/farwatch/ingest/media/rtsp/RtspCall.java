package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.pull.CameraClock;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.Upstream;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session with a camera: described, set up, played, kept alive, torn down. Owned by the stream's thread. */
final class RtspCall implements Upstream, RtspReader.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(RtspCall.class);
    private static final Pattern STAMP = Pattern.compile("rtptime=(\\d{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("url=\"?([^\";,]+)", Pattern.CASE_INSENSITIVE);
    private static final Duration REPORTS = Duration.ofSeconds(5);
    /** Of the looks after a datagram that waits for another one. */
    private static final Duration LOOKS = Duration.ofMillis(50);

    private static final int SENDER_REPORT = 200;
    /** Of a sender report without blocks (RFC 3550, 6.4.1). */
    private static final int REPORT_BYTES = 28;

    /** NTP counts from 1900. */
    private static final long SINCE_1900 = 2_208_988_800L;

    private static final int UNSUPPORTED_TRANSPORT = 461;

    private final RtspAddress address;
    private final RtpCounters counters;
    private final List<PlayedTrack> tracks = new ArrayList<>();
    private final Map<Integer, PlayedTrack> byChannel = new HashMap<>();
    private final CameraClock clock = new CameraClock();
    private Feed feed;
    private RtspLink link;
    private Dialogue dialogue;
    private boolean datagrams;
    private boolean unfit;
    private String base;
    private long keptAlive;
    private long reported;

    /**
     * @param datagrams asks for them; otherwise only a camera that has nothing else sends them
     * @param all counts the packets of all calls
     */
    RtspCall(RtspAddress address, boolean datagrams, RtpCounters all) {
        this.address = address;
        this.datagrams = datagrams;
        counters = new RtpCounters(all);
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
            link = new RtspLink(address.host(), address.port(), RtspLink.millis(end), this, counters);
            dialogue = new Dialogue(address, link);
            RtspMessage described =
                    done(dialogue.ask("DESCRIBE", address.url(), Map.of("Accept", "application/sdp"), end));
            base = base(described);
            List<Choice> chosen = Choice.of(SessionDescription.parse(described.text()))
                    .orElseThrow(() -> unfit("it sends other media"));
            for (Choice choice : chosen) {
                setUp(choice, end);
            }
            RtspMessage playing = done(dialogue.ask("PLAY", base, Map.of("Range", "npt=0.000-"), end));
            beginClocks(playing.header("rtp-info"));
            keptAlive = System.nanoTime();
            reported = keptAlive;
            for (PlayedTrack track : tracks) {
                track.callOut(link);
            }
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
        int channel = 2 * tracks.size();
        String url = resolve(choice.media().control());
        RtspMessage set = datagrams ? null : ask(url, PlayedTrack.inside(channel), end);
        if (!datagrams && set.status() == UNSUPPORTED_TRANSPORT && tracks.isEmpty()) {
            datagrams = true;
        }
        if (datagrams) {
            set = ask(url, PlayedTrack.datagrams(link.listen(channel)), end);
        }
        if (set.status() == UNSUPPORTED_TRANSPORT) {
            throw unfit("it sends in another way");
        }
        String transport = done(set).header("transport");
        PlayedTrack track = PlayedTrack.of(choice, url, channel, transport, datagrams, feed, counters)
                .orElseThrow(() -> unfit("it does not send inside the connection"));
        if (datagrams) {
            PlayedTrack.sender(transport).ifPresent(link::alsoFrom);
        }
        tracks.add(track);
        byChannel.put(track.channel(), track);
    }

    private RtspMessage ask(String url, String transport, long end) throws IOException, PullFailure {
        return dialogue.ask("SETUP", url, Map.of("Transport", transport), end);
    }

    private void beginClocks(String info) {
        for (PlayedTrack track : tracks) {
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
    public boolean mayBeHeard() {
        return tracks.size() > 1;
    }

    @Override
    public boolean fetch(long nanos) throws InterruptedException {
        long now = System.nanoTime();
        try {
            keepAlive(now);
            long next = Math.min(nanos, reported + REPORTS.toNanos() - now);
            if (datagrams && tracks.stream().anyMatch(track -> track.packets().waits())) {
                next = Math.min(next, LOOKS.toNanos());
            }
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
        if (datagrams) {
            tracks.forEach(track -> track.packets().expire());
        }
        return true;
    }

    private void ended(OfflineCause cause, String detail) {
        tracks.forEach(track -> track.packets().end(System.currentTimeMillis()));
        feed.failed(cause, detail);
    }

    @Override
    public Optional<Packets> packets() {
        return Optional.of(counters.packets());
    }

    @Override
    public void end() {
        if (link == null) {
            return;
        }
        long lost = counters.get(RtpCounters.Count.LOST);
        long unread = counters.get(RtpCounters.Count.MALFORMED);
        if (lost + unread > 0) {
            LOG.info("{}: {} packets were lost, {} could not be read", address, lost, unread);
        }
        try {
            if (dialogue.inSession()) {
                dialogue.tell("TEARDOWN", base);
            }
        } catch (IOException _) {
            // The connection says the same with its end.
        }
        link.close();
    }

    @Override
    public void packet(int channel, byte[] bytes, int offset, int length) {
        PlayedTrack track = byChannel.get(channel);
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
        dialogue.heard(message);
    }

    @Override
    public void desync() {
        tracks.forEach(track -> track.packets().lost());
    }

    private void keepAlive(long now) throws IOException {
        if (now - keptAlive > dialogue.patience().toNanos() / 2) {
            keptAlive = now;
            dialogue.tell("OPTIONS", base);
        }
        if (now - reported > REPORTS.toNanos()) {
            reported = now;
            for (PlayedTrack track : tracks) {
                track.report(link, System.identityHashCode(this));
            }
        }
    }

    private RtspMessage done(RtspMessage said) throws PullFailure {
        if (said.status() >= 300 && said.status() < 400) {
            throw unfit("it sends on to another address");
        }
        return Dialogue.done(said);
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
}

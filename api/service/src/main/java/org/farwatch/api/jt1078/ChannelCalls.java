package org.farwatch.api.jt1078;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.farwatch.api.video.SourceKind;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.pull.Connection;
import org.farwatch.ingest.media.push.PushedConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Streams of terminals' channels; knows which are being sent. */
@Component
class ChannelCalls implements SourceKind {
    private static final long LOOK_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(ChannelCalls.class);

    private final TerminalDesk desk;
    private final Jt1078Intake intake;
    private final Jt1078Properties properties;
    private final Set<ChannelCall> open = ConcurrentHashMap.newKeySet();

    ChannelCalls(TerminalDesk desk, Jt1078Intake intake, Jt1078Properties properties) {
        this.desk = desk;
        this.intake = intake;
        this.properties = properties;
    }

    @Override
    public String scheme() {
        return ChannelAddress.SCHEME;
    }

    @Override
    public void check(String address) {
        ChannelAddress parsed = ChannelAddress.parse(address);
        if (desk.terminal(parsed.deviceId()) == null) {
            throw new IllegalArgumentException("names no device of jt808: " + parsed.deviceId());
        }
    }

    /** A terminal sends each of its channels in one quality at a time (JT/T 1078-2016, 0x9101). */
    @Override
    public boolean alternates() {
        return true;
    }

    @Override
    public Connection connect(String address, Supplier<Priority> wanted) {
        return new PushedConnection(
                new ChannelCall(ChannelAddress.parse(address), this, desk, intake, properties.linkTimeout()));
    }

    void begun(ChannelCall call) {
        open.add(call);
    }

    void ended(ChannelCall call) {
        open.remove(call);
    }

    /** Whoever watches goes on watching only while he may. */
    @Scheduled(fixedDelay = LOOK_MILLIS)
    void look() {
        for (ChannelCall call : open) {
            try {
                call.look();
            } catch (RuntimeException e) {
                LOG.warn("a channel cannot be looked after: {}", e.getMessage());
            }
        }
    }
}

package org.farwatch.api.gb28181;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.api.video.MediaSettings;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.gb28181.Gb28181Server;
import org.farwatch.ingest.media.Priority;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the SIP port when everything behind it stands, unless it is off, and closes it first. */
@Component
class Gb28181Intake implements SmartLifecycle, MeterBinder {
    private static final String TCP = "SIP";
    private static final String UDP = "SIP UDP";

    private final Gb28181Server server;
    private final CatalogueIntake sink;
    private final RtpSessions receivers;
    private final Ports ports;
    private final boolean off;
    private volatile boolean running;

    Gb28181Intake(
            Gb28181Properties properties,
            MediaSettings media,
            DevicePasswords passwords,
            DeviceRegister register,
            CatalogueIntake sink,
            PositionStore store,
            RowBudget budget,
            UndecodedSink undecoded,
            RtpSessions receivers,
            Faults faults,
            Clock clock,
            Ports ports) {
        this.sink = sink;
        this.receivers = receivers;
        this.ports = ports;
        String advertised = media.advertised("farwatch.gb28181.host", properties.host());
        // Asked for what it says only: pictures may be received at another address than signalling.
        media.advertised("farwatch.media.rtp-bind", media.rtpBind());
        try {
            server = new Gb28181Server(
                    properties.settings(advertised),
                    passwords,
                    register,
                    sink,
                    store,
                    budget,
                    undecoded,
                    receivers,
                    faults,
                    clock);
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(e.getMessage(), e);
        }
        off = properties.port() == Gb28181Properties.OFF;
        if (!off) {
            ports.expect(TCP);
            ports.expect(UDP);
        }
    }

    @Override
    public void start() {
        if (off) {
            return;
        }
        try {
            InetSocketAddress address = server.start();
            ports.bound(TCP, "tcp://" + address.getHostString() + ":" + address.getPort());
            ports.bound(UDP, "udp://" + address.getHostString() + ":" + address.getPort());
            running = true;
        } catch (IOException e) {
            throw new StartupFailure(e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        server.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    Gb28181Server server() {
        return server;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.gb28181.devices", server, Gb28181Server::devicesOnline)
                .register(registry);
        Gauge.builder("farwatch.gb28181.streams", server, Gb28181Server::streamsOpen)
                .register(registry);
        for (Priority priority : Priority.values()) {
            Gauge.builder(
                            "farwatch.gb28181.streams.waiting",
                            server,
                            all -> all.streamsWaiting().getOrDefault(priority, 0))
                    .tag("priority", priority.label())
                    .register(registry);
        }
        FunctionCounter.builder("farwatch.gb28181.streams.preempted", server, Gb28181Server::streamsPreempted)
                .register(registry);
        Gauge.builder("farwatch.gb28181.catalogues.waiting", sink, CatalogueIntake::waiting)
                .register(registry);
        Gauge.builder("farwatch.gb28181.catalogues.missing", server, Gb28181Server::withoutCatalogue)
                .register(registry);
        TimeGauge.builder(
                        "farwatch.gb28181.catalogues.oldest",
                        server,
                        TimeUnit.MILLISECONDS,
                        all -> all.oldestCatalogue().toMillis())
                .register(registry);
        Gauge.builder("farwatch.gb28181.voices", server, Gb28181Server::voicesOpen)
                .register(registry);
        Gauge.builder("farwatch.rtp.sessions", receivers, RtpSessions::openSessions)
                .register(registry);
        for (RtpCounters.Count count : RtpCounters.Count.values()) {
            FunctionCounter.builder(
                            "farwatch.rtp", receivers, all -> all.totals().get(count))
                    .tag("count", count.label())
                    .register(registry);
        }
    }
}

package org.farwatch.api.jt1078;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.video.MediaSettings;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.jt1078.Jt1078Counters;
import org.farwatch.ingest.jt1078.Jt1078Server;
import org.farwatch.ingest.jt1078.MediaPort;
import org.farwatch.ingest.jt808.command.VideoCommand.Server;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the ports of media links when everything behind them stands, and knows where terminals are to send. */
@Component
class Jt1078Intake implements SmartLifecycle, MeterBinder {
    private static final String LIVE = "JT/T 1078";
    private static final String PLAYBACK = "JT/T 1078 playback";
    private static final String TALK = "JT/T 1078 talk";
    private static final String UDP = " UDP";

    private final Jt1078Properties properties;
    private final MediaSettings media;
    private final Jt1078Server server;
    private final Ports ports;
    private volatile boolean running;

    Jt1078Intake(
            Jt1078Properties properties,
            MediaSettings media,
            DeviceRegister register,
            Faults faults,
            Clock clock,
            Ports ports) {
        this.properties = properties;
        this.media = media;
        this.ports = ports;
        server = new Jt1078Server(properties.settings(), register, faults, clock);
        for (String name : new String[] {LIVE, PLAYBACK, TALK}) {
            ports.expect(name);
            ports.expect(name + UDP);
        }
    }

    Jt1078Server server() {
        return server;
    }

    /** Where a terminal is told to send to. */
    Server address(MediaPort port) {
        int number = server.address(port).getPort();
        boolean tcp = properties.transport() == Jt1078Properties.Transport.TCP;
        return new Server(advertised(), tcp ? number : 0, tcp ? 0 : number);
    }

    private String advertised() {
        return media.advertised("farwatch.jt1078.host", properties.host());
    }

    @Override
    public void start() {
        try {
            advertised();
            server.start();
        } catch (UnknownHostException e) {
            throw new StartupFailure("farwatch.jt1078.host must name an address, was " + properties.host(), e);
        } catch (IOException e) {
            throw new StartupFailure(e.getMessage(), e);
        }
        bound(LIVE, MediaPort.LIVE);
        bound(PLAYBACK, MediaPort.PLAYBACK);
        bound(TALK, MediaPort.TALK);
        running = true;
    }

    private void bound(String name, MediaPort port) {
        InetSocketAddress address = server.address(port);
        ports.bound(name, "tcp://" + address.getHostString() + ":" + address.getPort());
        ports.bound(name + UDP, "udp://" + address.getHostString() + ":" + address.getPort());
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

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("farwatch.jt1078.channels", server, Jt1078Server::receptions)
                .register(registry);
        Gauge.builder("farwatch.jt1078.connections", server.counters(), Jt1078Counters::openConnections)
                .register(registry);
        count(registry, "packets", Jt1078Counters::packets);
        count(registry, "frames", Jt1078Counters::frames);
        count(registry, "packets.lost", Jt1078Counters::lost);
        count(registry, "packets.late", Jt1078Counters::late);
        count(registry, "packets.unwanted", Jt1078Counters::unwanted);
        count(registry, "frames.incomplete", Jt1078Counters::incomplete);
        count(registry, "sound.unsent", Jt1078Counters::unsent);
    }

    private void count(MeterRegistry registry, String name, ToDoubleFunction<Jt1078Counters> figure) {
        FunctionCounter.builder("farwatch.jt1078." + name, server.counters(), figure)
                .register(registry);
    }
}

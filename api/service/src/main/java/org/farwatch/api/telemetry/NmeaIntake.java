package org.farwatch.api.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.nmea.NmeaServer;
import org.farwatch.ingest.nmea.NmeaSettings;
import org.farwatch.ingest.nmea.Preamble;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the NMEA port when everything behind it stands, unless it is off, and closes it first. */
@Component
class NmeaIntake implements SmartLifecycle, MeterBinder {
    private static final String TCP = "NMEA";
    private static final String UDP = "NMEA UDP";
    private static final int OFF = -1;

    private final NmeaServer server;
    private final Ports ports;
    private volatile boolean running;

    NmeaIntake(
            NmeaProperties properties,
            DeviceRegister register,
            PositionStore store,
            RowBudget budget,
            UndecodedTable undecoded,
            Faults faults,
            Clock clock,
            Ports ports) {
        this.ports = ports;
        if (properties.port() == OFF) {
            server = null;
            return;
        }
        NmeaSettings settings = new NmeaSettings(
                properties.host(),
                properties.port(),
                properties.idleTimeout(),
                properties.maxConnections(),
                new Preamble(properties.preamble() == null ? Preamble.DEFAULT : properties.preamble()));
        server = new NmeaServer(settings, register, store, budget, undecoded, faults, clock);
        ports.expect(TCP);
        ports.expect(UDP);
    }

    @Override
    public void start() {
        if (server == null) {
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

    @Override
    public void bindTo(MeterRegistry registry) {
        if (server != null) {
            Gauge.builder("farwatch.nmea.connections", server, NmeaServer::connections)
                    .register(registry);
            FunctionCounter.builder("farwatch.nmea.positions", server, NmeaServer::fixes)
                    .register(registry);
        }
    }
}

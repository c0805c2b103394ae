package org.farwatch.api.telemetry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.TerminalSink;
import org.farwatch.ingest.jt808.CommandSettings;
import org.farwatch.ingest.jt808.Jt808Server;
import org.farwatch.ingest.jt808.Jt808Settings;
import org.farwatch.ingest.jt808.TerminalCommands;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the JT/T 808 port when everything behind it stands, and closes it first. */
@Component
class Jt808Intake implements SmartLifecycle {
    private static final String TCP = "JT/T 808";
    private static final String UDP = "JT/T 808 UDP";

    private final Jt808Server server;
    private final Ports ports;
    private volatile boolean running;

    Jt808Intake(
            Jt808Properties properties,
            DeviceRegister register,
            PositionStore store,
            TerminalSink sink,
            RowBudget budget,
            UndecodedTable undecoded,
            Faults faults,
            Clock clock,
            Ports ports) {
        int threads = properties.eventLoopThreads() == 0
                ? Runtime.getRuntime().availableProcessors()
                : properties.eventLoopThreads();
        Jt808Settings settings = new Jt808Settings(
                properties.host(),
                properties.port(),
                properties.idleTimeout(),
                properties.maxFrameLength(),
                properties.maxConnections(),
                threads,
                properties.packages().settings(),
                new CommandSettings(
                        properties.commandTimeout(),
                        properties.commandTries(),
                        properties.commandsOfTerminal(),
                        properties.commandsAtAll()));
        this.server = new Jt808Server(settings, register, store, sink, budget, undecoded, faults, clock);
        this.ports = ports;
        ports.expect(TCP);
        ports.expect(UDP);
    }

    Jt808Server server() {
        return server;
    }

    /** For asking something of terminals. */
    TerminalCommands commands() {
        return server.commands();
    }

    @Override
    public void start() {
        try {
            InetSocketAddress address = server.start();
            // UDP has the same number; the server opens both or none.
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
}

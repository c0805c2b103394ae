package org.farwatch.api.platforms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.UndecodedSink;
import org.farwatch.ingest.jt809.Jt809Server;
import org.farwatch.ingest.jt809.PlatformTally;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Opens the JT/T 809 port when everything behind it stands, and closes it first. */
@Component
class PlatformIntake implements SmartLifecycle {
    private static final String PORT = "JT/T 809";

    private final Jt809Server server;
    private final LowerPlatforms platforms;
    private final Ports ports;
    private volatile boolean running;

    PlatformIntake(
            PlatformProperties properties,
            LowerPlatforms platforms,
            DeviceRegister register,
            PositionStore store,
            RowBudget budget,
            UndecodedSink undecoded,
            Faults faults,
            Clock clock,
            Ports ports) {
        this.platforms = platforms;
        this.ports = ports;
        server = new Jt809Server(properties.listening(), platforms, register, store, budget, undecoded, faults, clock);
        ports.expect(PORT);
    }

    @Override
    public void start() {
        try {
            InetSocketAddress address = server.start();
            ports.bound(PORT, "tcp://" + address.getHostString() + ":" + address.getPort());
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

    PlatformTally tally(long platformId) {
        return server.tally(platformId);
    }

    int platformsOnline() {
        return server.platformsOnline();
    }

    int connections() {
        return server.connections();
    }

    /** Takes a change over once it is committed: who is logged in by what held before has to log in again. */
    void changedAfterCommit(long accessCode) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                platforms.reload();
                server.expel(accessCode);
            }
        });
    }
}

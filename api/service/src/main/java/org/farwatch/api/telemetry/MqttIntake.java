package org.farwatch.api.telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import org.farwatch.api.Home;
import org.farwatch.api.Ports;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.broker.EmbeddedBroker;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.ingest.Faults;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.mqtt.DeviceReports;
import org.farwatch.ingest.mqtt.MqttCounts;
import org.farwatch.ingest.mqtt.MqttIngest;
import org.farwatch.ingest.mqtt.MqttSettings;
import org.farwatch.ingest.mqtt.MqttState;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts the embedded broker unless another one is named, and takes in what devices publish. */
@Component
public class MqttIntake implements SmartLifecycle {
    private static final String PORT = "MQTT";

    private final EmbeddedBroker broker;
    private final MqttIngest ingest;
    private final Ports ports;
    private volatile boolean running;

    MqttIntake(
            MqttProperties properties,
            Home home,
            DeviceRegister register,
            PositionStore store,
            RowBudget budget,
            UndecodedTable undecoded,
            Faults faults,
            DeviceReports reports,
            Clock clock,
            Ports ports) {
        this.ports = ports;
        MqttSettings settings;
        if (properties.url() == null || properties.url().isBlank()) {
            ports.expect(PORT);
            broker = new EmbeddedBroker(
                    home.folder("broker"),
                    properties.host(),
                    properties.port() == 0 ? freePort() : properties.port(),
                    home.secret("broker"),
                    (protocolId, secret) -> register.admits(Protocol.MQTT, protocolId, secret),
                    register.selfRegistration());
            register.onNewSecret(device -> {
                if (device.protocol() == Protocol.MQTT) {
                    broker.expel(device.protocolId());
                }
            });
            settings = broker.ingestSettings();
        } else {
            broker = null;
            settings = MqttSettings.of(properties.url()).withClientId(properties.clientId());
            if (properties.caFile() != null) {
                settings = settings.withAuthorities(properties.caFile());
            }
            if (properties.username() != null) {
                settings = settings.withUser(properties.username(), properties.password());
            }
            if (properties.shareGroup() != null) {
                settings = settings.withShareGroup(properties.shareGroup());
            }
        }
        ingest = new MqttIngest(settings, register, store, budget, undecoded, faults, reports, clock);
    }

    @Override
    public void start() {
        if (broker != null) {
            broker.start();
            ports.bound(PORT, broker.address());
        }
        ingest.start();
        running = true;
    }

    @Override
    public void stop() {
        ingest.close();
        if (broker != null) {
            broker.close();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** How the connection to the broker stands: for health. */
    public MqttState state() {
        return ingest.state();
    }

    MqttCounts counts() {
        return ingest.counts();
    }

    /** True also for a broker of somebody else's, which is not ours to judge. */
    boolean brokerRunning() {
        return broker == null || !running || broker.running();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartupFailure("no free port for the embedded MQTT broker: " + e.getMessage(), e);
        }
    }
}

package org.farwatch.ingest.mqtt;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.farwatch.ingest.SteadyPort;

/** A real broker on a loopback port of its own, with its journal in a folder, that can be stopped and started again. */
public final class TestBroker implements AutoCloseable {
    private static TestBroker shared;

    private final Path home;
    private final int port;
    private String acceptor = "";
    private ActiveMQServer server;

    public TestBroker(Path home) {
        this.home = home;
        this.port = SteadyPort.free();
    }

    /** One that runs as long as this JVM: for tests that neither stop it nor count what others leave there. */
    public static synchronized TestBroker shared() {
        if (shared == null) {
            try {
                shared = new TestBroker(Files.createTempDirectory("farwatch-broker")).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    public String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /** More parameters of the acceptor, {@code name=value;name=value}; before the start. */
    public TestBroker acceptor(String parameters) {
        acceptor = ";" + parameters;
        return this;
    }

    public TestBroker start() {
        try {
            server = ActiveMQServers.newActiveMQServer(configuration(), true);
            server.start();
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("the test broker did not start", e);
        }
    }

    private Configuration configuration() throws Exception {
        WildcardConfiguration asMqtt =
                new WildcardConfiguration().setDelimiter('/').setAnyWords('#').setSingleWord('+');
        return new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setJournalDirectory(home.resolve("journal").toString())
                .setBindingsDirectory(home.resolve("bindings").toString())
                .setPagingDirectory(home.resolve("paging").toString())
                .setLargeMessagesDirectory(home.resolve("large").toString())
                .setWildCardConfiguration(asMqtt)
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1))
                .addAcceptorConfiguration("mqtt", uri() + "?protocols=MQTT" + acceptor);
    }

    /** Publishes with QoS 1 in MQTT 3.1.1 (OASIS, 2014), written by hand, and waits for the acknowledgement. */
    public void publishAsMqtt311(String topic, byte[] payload) throws IOException {
        byte[] connect = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'x'};
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        int remaining = 2 + name.length + 2 + payload.length;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(connect);
            socket.getInputStream().readNBytes(4);
            out.write(0x32);
            out.write((remaining & 0x7F) | 0x80);
            out.write(remaining >> 7);
            out.writeShort(name.length);
            out.write(name);
            out.writeShort(1);
            out.write(payload);
            socket.getInputStream().readNBytes(4);
        }
    }

    /** Breaks all connections as a network does, without a word. */
    public void cutConnections() {
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            connection.getTransportConnection().close();
        }
    }

    /** The same of the client that an ingest is unless it is told otherwise. */
    public long unacknowledged() {
        return unacknowledged("farwatch-ingest");
    }

    /** Messages of a client's session that it has not acknowledged; -1 when there is no session. */
    public long unacknowledged(String client) {
        Queue queue = server.locateQueue(SimpleString.of(client + ".farwatch/#"));
        return queue == null ? -1 : queue.getMessageCount();
    }

    public void stop() {
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the test broker did not stop", e);
            }
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}

package org.farwatch.api.broker;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.impl.SecurityStoreImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.farwatch.api.StartupFailure;
import org.farwatch.ingest.mqtt.MqttSettings;

/**
 * An MQTT broker inside the service. A message with QoS 1 is acknowledged to the device when it is in the journal; it
 * stays there until the ingest acknowledged it. The ingest's queue exists from the first start on, so that nothing that
 * a device sends before the ingest ever connected is lost.
 *
 * <p>Bounded: {@link #MEMORY_BYTES} of messages in memory, what is more is paged to disk; below
 * {@link #FREE_BYTES} of free disk it takes nothing more. Started and stopped by one thread; the rest from any.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** User name of the service's own clients. */
    public static final String SERVICE_USER = "farwatch-service";

    /** Longest payload of a message; a longer one costs its sender the connection. */
    public static final int MAX_PAYLOAD = 1 << 20;

    /** Most connections at a time. */
    public static final int MAX_CONNECTIONS = 20_000;

    /** Messages in memory, all together. */
    public static final long MEMORY_BYTES = 64L << 20;

    /**
     * Free disk below which devices have to wait. Not a share of the disk: recordings fill a large one up to what {@code
     * farwatch.video.keep-free} leaves, which is more than this.
     */
    public static final long FREE_BYTES = 512L << 20;

    /** How long a device that logged in is not asked for its secret again. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int PAGE_BYTES = 4 << 20;
    private static final int TOPIC_ALIASES = 16;
    private static final int THREADS = 16;
    private static final long LOCK_MILLIS = 5000;
    private static final int CACHED_LOGINS = 20_000;

    /** For MQTT 3.1.1, which does not say; Artemis reckons it in milliseconds of 32 bits, so at most 24 days. */
    private static final Duration OLD_SESSION_EXPIRY = Duration.ofDays(7);

    private final Path folder;
    private final String host;
    private final int port;
    private final String servicePassword;
    private final String prefix;
    private final TopicRights rights;
    private ActiveMQServer server;

    /**
     * Starts nothing yet.
     *
     * @param folder journal and paging files; of this broker alone
     * @param host address to listen at, loopback unless told otherwise
     * @param port 1 to 65535
     * @param servicePassword of {@link #SERVICE_USER}, generated
     * @param guests whether somebody without a name may publish as any device: only where devices register themselves
     */
    public EmbeddedBroker(
            Path folder, String host, int port, String servicePassword, DeviceSecrets secrets, boolean guests) {
        this.folder = folder;
        this.host = host;
        this.port = port;
        this.servicePassword = servicePassword;
        prefix = MqttSettings.DEFAULT_PREFIX;
        rights = new TopicRights(prefix, SERVICE_USER, servicePassword, secrets, guests);
    }

    /**
     * Starts and listens when it returns.
     *
     * @throws StartupFailure with one sentence when the port is taken, the folder is in use or cannot be read
     */
    public void start() {
        requireUnsafe();
        requireFreePort();
        AtomicReference<Exception> failure = new AtomicReference<>();
        server = new ActiveMQServerImpl(configuration(), null, rights);
        server.getServiceRegistry()
                .addIncomingInterceptor(new PacketRules(rights, MqttSettings.DEFAULT_CLIENT_ID, MAX_PAYLOAD));
        server.registerActivationFailureListener(failure::set);
        try {
            server.start();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
        if (failure.get() != null || !server.isActive()) {
            close();
            throw new StartupFailure(
                    "the embedded MQTT broker cannot start in " + folder + ": "
                            + (failure.get() == null ? "it did not become active" : failure.get()),
                    failure.get());
        }
    }

    /** Artemis clears and frees its journal's buffers by way of sun.misc.Unsafe, and cannot read a journal without. */
    private static void requireUnsafe() {
        if (!PlatformDependent.hasUnsafe()) {
            throw new StartupFailure("the embedded MQTT broker needs the JVM option"
                    + " --sun-misc-unsafe-memory-access=allow: add it, or set farwatch.mqtt.broker to another broker");
        }
    }

    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new StartupFailure(
                    "MQTT port " + host + ":" + port + " cannot be opened (" + e.getMessage()
                            + "): stop the program that uses it or set another port",
                    e);
        }
    }

    private Configuration configuration() {
        Configuration configuration = new ConfigurationImpl();
        configuration
                .setName("farwatch")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalLockAcquisitionTimeout(LOCK_MILLIS)
                .setJMXManagementEnabled(false)
                .setThreadPoolMaxSize(THREADS)
                .setGlobalMaxSize(MEMORY_BYTES)
                .setMaxDiskUsage(-1)
                .setMinDiskFree(FREE_BYTES)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setSecurityEnabled(true)
                .setSecurityInvalidationInterval(REMEMBERED.toMillis())
                .setAuthenticationCacheSize(CACHED_LOGINS)
                .setAuthorizationCacheSize(CACHED_LOGINS)
                // Whoever knew the well-known defaults of these could do anything.
                .setClusterUser(random())
                .setClusterPassword(random())
                .setWildCardConfiguration(new WildcardConfiguration()
                        .setDelimiter('/')
                        .setAnyWords('#')
                        .setSingleWord('+'))
                .addAddressSetting("#", addressSettings())
                .addAddressConfiguration(ingestAddress())
                .addAcceptorConfiguration(acceptor());
        return configuration;
    }

    /** Never dropped, never given up, never expired: a position waits until it is stored. */
    private static AddressSettings addressSettings() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(MEMORY_BYTES / 2)
                .setPageSizeBytes(PAGE_BYTES)
                .setMaxDeliveryAttempts(-1)
                .setNoExpiry(true);
    }

    /** The queue that Artemis would make for the ingest's subscription, under the name that it would give it. */
    private CoreAddressConfiguration ingestAddress() {
        String filter = prefix + "/#";
        return new CoreAddressConfiguration()
                .setName(filter)
                .addRoutingType(RoutingType.MULTICAST)
                .addQueueConfig(QueueConfiguration.of(ingestQueue())
                        .setAddress(filter)
                        .setRoutingType(RoutingType.MULTICAST)
                        .setDurable(true)
                        .setAutoDelete(false));
    }

    private String ingestQueue() {
        return MqttSettings.DEFAULT_CLIENT_ID + "." + prefix + "/#";
    }

    private TransportConfiguration acceptor() {
        Map<String, Object> transport = Map.of(
                TransportConstants.HOST_PROP_NAME,
                host,
                TransportConstants.PORT_PROP_NAME,
                port,
                TransportConstants.PROTOCOLS_PROP_NAME,
                "MQTT",
                TransportConstants.CONNECTIONS_ALLOWED,
                (long) MAX_CONNECTIONS);
        Map<String, Object> mqtt = Map.of("topicAliasMaximum", TOPIC_ALIASES, "defaultMqttSessionExpiryInterval", (int)
                OLD_SESSION_EXPIRY.toSeconds());
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, "mqtt", mqtt);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code tcp://host:port} at which it listens. */
    public String address() {
        return "tcp://" + host + ":" + port;
    }

    /** How the ingest of this JVM reaches it. */
    public MqttSettings ingestSettings() {
        return MqttSettings.of("tcp://" + reachable() + ":" + port).withUser(SERVICE_USER, servicePassword);
    }

    private String reachable() {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() ? "127.0.0.1" : host;
        } catch (IOException e) {
            throw new StartupFailure("MQTT host " + host + " is no address: " + e.getMessage(), e);
        }
    }

    /** Whether it runs and takes messages; false also when it stopped by itself after an error of the disk. */
    public boolean running() {
        return server != null && server.isActive();
    }

    /** Messages that the ingest has not acknowledged yet; 0 when it does not run. */
    public long waiting() {
        Queue queue = running() ? server.locateQueue(SimpleString.of(ingestQueue())) : null;
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** The device's secret changed or it was taken out of the register: ends its connection and forgets its login. */
    public void expel(String protocolId) {
        if (!running()) {
            return;
        }
        ((SecurityStoreImpl) server.getSecurityStore()).invalidateAuthenticationCache();
        ((SecurityStoreImpl) server.getSecurityStore()).invalidateAuthorizationCache();
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            if (protocolId.equals(connection.getClientID())) {
                connection.fail(new ActiveMQException("device " + protocolId + " is expelled"));
            }
        }
    }

    /** Stops; the journal keeps messages and sessions. */
    @Override
    public void close() {
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the embedded MQTT broker did not stop", e);
            } finally {
                server = null;
            }
        }
    }
}

package org.farwatch.ingest.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How to reach the broker and within which bounds.
 *
 * @param broker {@code tcp://host:port}, or {@code ssl://host:port}
 * @param authorities file of certificates in PEM whose holders may sign the broker's; null for the JVM's trust store
 * @param clientId names the persistent session: keep it, or what the broker holds for the old name is never fetched;
 *     two processes of one name throw each other out
 * @param username null for none
 * @param password null for none
 * @param topicPrefix first level of all topics, {@value #DEFAULT_PREFIX}
 * @param shareGroup when not null, a shared subscription of this name: several ingests divide the messages
 */
public record MqttSettings(
        String broker,
        Path authorities,
        String clientId,
        String username,
        String password,
        String topicPrefix,
        String shareGroup,
        Session session,
        Limits limits) {
    /** Default of {@link #clientId}. */
    public static final String DEFAULT_CLIENT_ID = "farwatch-ingest";

    /** Default of {@link #topicPrefix}. */
    public static final String DEFAULT_PREFIX = "farwatch";

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

    public MqttSettings {
        String scheme = scheme(broker);
        require(SCHEMES.contains(scheme), "broker", broker, "must be tcp://host:port or ssl://host:port");
        require(level(clientId), "clientId", clientId, "must be 1 to 64 characters without / + # and blanks");
        require(level(topicPrefix), "topicPrefix", topicPrefix, "must be one topic level without / + # and blanks");
        require(
                shareGroup == null || level(shareGroup),
                "shareGroup",
                shareGroup,
                "must be absent or 1 to 64 characters without / + # and blanks");
        require(
                authorities == null || "ssl".equals(scheme),
                "ca-file",
                authorities,
                "must be absent unless the url begins with ssl://");
        require(username != null || password == null, "username", username, "must be given with a password");
    }

    /** No user, no sharing, default session and limits. */
    public static MqttSettings of(String broker) {
        return new MqttSettings(
                broker, null, DEFAULT_CLIENT_ID, null, null, DEFAULT_PREFIX, null, Session.DEFAULT, Limits.DEFAULT);
    }

    /** The same, trusting only these authorities. */
    public MqttSettings withAuthorities(Path file) {
        return new MqttSettings(broker, file, clientId, username, password, topicPrefix, shareGroup, session, limits);
    }

    /** The same with a user. */
    public MqttSettings withUser(String name, String secret) {
        return new MqttSettings(broker, authorities, clientId, name, secret, topicPrefix, shareGroup, session, limits);
    }

    /** The same under another client id. */
    public MqttSettings withClientId(String id) {
        return new MqttSettings(broker, authorities, id, username, password, topicPrefix, shareGroup, session, limits);
    }

    /** The same as one of a group that divides the messages. */
    public MqttSettings withShareGroup(String group) {
        return new MqttSettings(broker, authorities, clientId, username, password, topicPrefix, group, session, limits);
    }

    /** The same with other session times. */
    public MqttSettings withSession(Session other) {
        return new MqttSettings(
                broker, authorities, clientId, username, password, topicPrefix, shareGroup, other, limits);
    }

    /** The same with other limits. */
    public MqttSettings withLimits(Limits other) {
        return new MqttSettings(
                broker, authorities, clientId, username, password, topicPrefix, shareGroup, session, other);
    }

    /** Every topic under the prefix, so that a misspelt one is seen and counted. */
    String topicFilter() {
        String filter = topicPrefix + "/#";
        return shareGroup == null ? filter : "$share/" + shareGroup + "/" + filter;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MqttSettings[" + broker + " as " + clientId + ", user " + username + ", " + topicFilter() + ", "
                + session + ", " + limits + "]";
    }

    /**
     * Times of the session and its connections.
     *
     * @param expiry how long the broker keeps messages while nobody fetches them; above 0 (else they would be lost when
     *     the connection breaks) and at most {@link #MAX_EXPIRY}
     * @param keepAlive silence after which either side takes the connection for dead
     * @param connectTimeout for TCP and for the broker's answer, each
     * @param minBackoff first pause before connecting again, doubled each time, half of it random
     * @param maxBackoff longest pause
     */
    public record Session(
            Duration expiry, Duration keepAlive, Duration connectTimeout, Duration minBackoff, Duration maxBackoff) {
        /** Artemis 2.53 multiplies the seconds by 1000 in 32 bits and drops a session with more than this at once. */
        public static final Duration MAX_EXPIRY = Duration.ofDays(24);

        /** 14 days, 30 s, 10 s, 0.5 to 30 s. */
        public static final Session DEFAULT = new Session(
                Duration.ofDays(14),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));

        public Session {
            require(
                    within(expiry, Duration.ofSeconds(1), MAX_EXPIRY),
                    "session.expiry",
                    expiry,
                    "must be from 1 s to 24 d");
            require(
                    within(keepAlive, Duration.ofSeconds(1), Duration.ofHours(18)),
                    "session.keepAlive",
                    keepAlive,
                    "must be from 1 s to 18 h");
            require(
                    within(connectTimeout, Duration.ofSeconds(1), Duration.ofMinutes(5)),
                    "session.connectTimeout",
                    connectTimeout,
                    "must be from 1 s to 5 min");
            require(
                    within(minBackoff, Duration.ofMillis(1), maxBackoff),
                    "session.minBackoff",
                    minBackoff,
                    "must be from 1 ms to maxBackoff");
            require(
                    within(maxBackoff, minBackoff, Duration.ofHours(1)),
                    "session.maxBackoff",
                    maxBackoff,
                    "must be from minBackoff to 1 h");
        }

        private static boolean within(Duration value, Duration least, Duration most) {
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        }
    }

    /**
     * Bounds of memory.
     *
     * @param receiveMaximum messages that the broker may send without an acknowledgement (MQTT 5, 3.1.2.11.3)
     * @param messageBytes longest payload that is decoded
     * @param messageRows most positions in one message
     * @param waitingBytes most payload bytes waiting or being decoded
     * @param batchRows rows of a batch
     * @param linger how long the first row of a batch waits for more
     */
    public record Limits(
            int receiveMaximum, int messageBytes, int messageRows, long waitingBytes, int batchRows, Duration linger) {
        /** 1,000 messages, 256 KiB, 10,000 rows, 32 MiB, 1,024 rows, 5 ms. */
        public static final Limits DEFAULT = new Limits(1000, 256 << 10, 10_000, 32L << 20, 1024, Duration.ofMillis(5));

        public Limits {
            require(
                    receiveMaximum >= 1 && receiveMaximum <= 65_535,
                    "limits.receiveMaximum",
                    receiveMaximum,
                    "must be from 1 to 65535");
            require(messageBytes >= 1, "limits.messageBytes", messageBytes, "must be at least 1");
            require(messageRows >= 1, "limits.messageRows", messageRows, "must be at least 1");
            require(waitingBytes >= messageBytes, "limits.waitingBytes", waitingBytes, "must be at least messageBytes");
            require(batchRows >= 1, "limits.batchRows", batchRows, "must be at least 1");
            require(!linger.isNegative(), "limits.linger", linger, "must not be negative");
        }
    }

    private static String scheme(String broker) {
        try {
            URI uri = URI.create(broker == null ? "" : broker);
            return uri.getHost() == null || uri.getPort() < 1 ? "" : uri.getScheme();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static boolean level(String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= 64
                && text.chars().noneMatch(c -> c <= ' ' || c == '/' || c == '+' || c == '#');
    }

    private static void require(boolean rule, String field, Object value, String says) {
        if (!rule) {
            throw new IllegalArgumentException("farwatch.mqtt " + field + " " + says + "; was " + value);
        }
    }
}

package org.farwatch.api.gb28181;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.farwatch.ingest.gb28181.Gb28181Settings;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.sip.SipSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.gb28181.*}: where devices of GB/T 28181 register.
 *
 * @param id our 20-digit code
 * @param domain our domain, 10 digits
 * @param password that devices register with unless they have one of their own; none when absent
 * @param host address to bind to; loopback unless told otherwise
 * @param port UDP and TCP; -1 is off, 0 chooses
 * @param mediaTransport how devices are asked to send: {@code udp}, {@code tcp-passive}, {@code tcp-active}
 * @param catalogueQueue channels that are held in memory until they are written
 * @param clockInterval at which devices are asked for their time; zero asks none
 * @param ptzIdle after which a camera that nobody moves is anybody's again
 */
@ConfigurationProperties("farwatch.gb28181")
public record Gb28181Properties(
        @DefaultValue("34020000002000000001") String id,
        @DefaultValue("3402000000") String domain,
        String password,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("5060") int port,
        @DefaultValue("udp") String mediaTransport,
        @DefaultValue("60s") Duration keepalive,
        @DefaultValue("3") int misses,
        @DefaultValue("10000") int maxDevices,
        @DefaultValue("20000") int maxItems,
        @DefaultValue("100000") int catalogueQueue,
        @DefaultValue("64") int streamsPerDevice,
        @DefaultValue("10s") Duration inviteTimeout,
        @DefaultValue("5s") Duration speakTimeout,
        @DefaultValue("10s") Duration positionInterval,
        @DefaultValue("10m") Duration clockInterval,
        @DefaultValue("10s") Duration answerSilence,
        Set<String> mediaHosts,
        @DefaultValue("4") int threads,
        @DefaultValue("2000") int maxConnections,
        @DefaultValue("300") int messagesPerSecond,
        @DefaultValue("1000") int burst,
        @DefaultValue("30s") Duration ptzIdle) {
    static final int OFF = -1;

    public Gb28181Properties {
        mediaHosts = mediaHosts == null ? Set.of() : Set.copyOf(mediaHosts);
        transport(mediaTransport);
        if (catalogueQueue < 1) {
            throw new IllegalArgumentException(
                    "farwatch.gb28181.catalogue-queue must be at least 1, was " + catalogueQueue);
        }
        if (ptzIdle.compareTo(Duration.ofSeconds(1)) < 0 || ptzIdle.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("farwatch.gb28181.ptz-idle must be 1s to 1h, was " + ptzIdle);
        }
    }

    /** @throws IllegalArgumentException naming what may be given */
    static RtpTransport transport(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "udp" -> RtpTransport.UDP;
            case "tcp-passive" -> RtpTransport.TCP_PASSIVE;
            case "tcp-active" -> RtpTransport.TCP_ACTIVE;
            default ->
                throw new IllegalArgumentException(
                        "farwatch.gb28181.media-transport must be udp, tcp-passive or tcp-active, was " + label);
        };
    }

    Gb28181Settings settings(String advertised) {
        SipSettings sip = new SipSettings(
                "farwatch.gb28181.port",
                host,
                advertised,
                Math.max(port, 0),
                id,
                domain,
                threads,
                maxConnections,
                messagesPerSecond,
                burst);
        return new Gb28181Settings(
                sip,
                keepalive,
                misses,
                maxDevices,
                maxItems,
                streamsPerDevice,
                inviteTimeout,
                speakTimeout,
                positionInterval,
                clockInterval,
                answerSilence,
                mediaHosts);
    }

    /** Without its secret. */
    @Override
    public String toString() {
        return "GB/T 28181 " + id + " at " + host + ":" + port;
    }
}

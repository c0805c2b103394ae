package org.farwatch.api.video;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.farwatch.api.StartupFailure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.media.*}: where devices send their pictures.
 *
 * @param advertisedAddress that devices are told to send to; null: the address that is bound
 * @param rtpBind address to receive RTP on; loopback unless told otherwise
 * @param rtpFirst first port of the range
 * @param rtpLast last port of the range; each stream takes an even one
 */
@ConfigurationProperties("farwatch.media")
public record MediaSettings(
        String advertisedAddress,
        @DefaultValue("127.0.0.1") String rtpBind,
        @DefaultValue("30000") int rtpFirst,
        @DefaultValue("30499") int rtpLast) {

    /**
     * The address that devices are told.
     *
     * @param setting that names {@code bound}
     * @throws StartupFailure when that is every address of this machine and none is advertised
     */
    public String advertised(String setting, String bound) {
        if (advertisedAddress != null && !advertisedAddress.isBlank()) {
            return advertisedAddress.strip();
        }
        try {
            if (InetAddress.getByName(bound).isAnyLocalAddress()) {
                throw new StartupFailure(setting + " is " + bound
                        + ": farwatch.media.advertised-address must say at which address devices reach this machine");
            }
            return bound;
        } catch (UnknownHostException e) {
            throw new StartupFailure(setting + " must be an address of this machine, was " + bound, e);
        }
    }
}

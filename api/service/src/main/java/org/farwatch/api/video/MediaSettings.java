package org.farwatch.api.video;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.media.*}: where devices that are asked to send pictures send them to.
 *
 * @param advertisedAddress that devices are told; null means the address that is bound
 * @param rtpBind address that receives RTP
 * @param rtpFirst lowest port of RTP
 * @param rtpLast highest port of RTP
 */
@ConfigurationProperties("farwatch.media")
public record MediaSettings(
        String advertisedAddress,
        @DefaultValue("127.0.0.1") String rtpBind,
        @DefaultValue("30000") int rtpFirst,
        @DefaultValue("30499") int rtpLast) {}

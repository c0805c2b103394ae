package org.farwatch.api.gb28181;

import java.time.Clock;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.video.MediaSettings;
import org.farwatch.ingest.media.rtp.RtpSessions;
import org.farwatch.ingest.media.rtp.RtpSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({Gb28181Properties.class, MediaSettings.class})
class Gb28181Configuration {
    private static final int RECEIVING_THREADS = 2;

    @Bean
    RtpSessions rtpSessions(MediaSettings settings, Clock clock) {
        try {
            return new RtpSessions(
                    new RtpSettings(settings.rtpBind(), settings.rtpFirst(), settings.rtpLast(), RECEIVING_THREADS),
                    clock);
        } catch (IllegalArgumentException e) {
            throw new StartupFailure("farwatch.media.rtp-first and rtp-last: " + e.getMessage(), e);
        }
    }
}

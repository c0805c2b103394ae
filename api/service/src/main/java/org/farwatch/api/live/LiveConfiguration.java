package org.farwatch.api.live;

import java.time.Clock;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/** The socket's address and heartbeat. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableScheduling
class LiveConfiguration implements WebSocketConfigurer {
    private static final long HEARTBEAT_MILLIS = 10_000;

    private final LiveHub hub;
    private final LiveViews views;
    private final JsonMapper json;
    private final Clock clock;

    LiveConfiguration(LiveHub hub, LiveViews views, JsonMapper json, Clock clock) {
        this.hub = hub;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    /** No origin beside our own may open it: the browser's cookie alone must not let another site's page in. */
    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new LiveSocket(hub, views, json), "/api/v1/live")
                .addInterceptors(new LiveSocket.Handshake());
    }

    @Scheduled(fixedRate = HEARTBEAT_MILLIS)
    void heartbeat() {
        hub.heartbeat(clock.instant().toString());
    }

    /** What Boot's own WebSocket module would do. */
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> webSocketContainer() {
        TomcatContextCustomizer customizer = context -> context.addServletContainerInitializer(new WsSci(), null);
        return factory -> factory.addContextCustomizers(customizer);
    }
}

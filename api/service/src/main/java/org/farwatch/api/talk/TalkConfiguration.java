package org.farwatch.api.talk;

import org.farwatch.api.access.AccessChanged;
import org.farwatch.api.access.Callers;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/** The addresses at which people speak, and the end of what they say when their rights end or nobody may hear it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TalkSettings.class)
class TalkConfiguration implements WebSocketConfigurer {
    private static final long CHECK_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 1_000;

    private final TalkDesk desk;
    private final Orders orders;
    private final TalkSettings settings;
    private final TalkCounts counts;
    private final Callers callers;
    private final JsonMapper json;

    TalkConfiguration(
            TalkDesk desk, Orders orders, TalkSettings settings, TalkCounts counts, Callers callers, JsonMapper json) {
        this.desk = desk;
        this.orders = orders;
        this.settings = settings;
        this.counts = counts;
        this.callers = callers;
        this.json = json;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new TalkSocket(desk, settings, counts, json), TalkSocket.ONE, TalkSocket.SEVERAL)
                .addInterceptors(TalkSocket.door(orders));
    }

    @EventListener
    void endChanged(AccessChanged change) {
        desk.endOf(caller -> caller.userId() == change.userId());
    }

    @Scheduled(fixedDelay = CHECK_MILLIS)
    void endGone() {
        desk.endOf(caller -> callers.present(caller).isEmpty());
    }

    @Scheduled(fixedDelay = LOOK_MILLIS)
    void look() {
        desk.look();
    }
}

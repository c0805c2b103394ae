package org.farwatch.api.video;

import org.farwatch.api.Home;
import org.farwatch.api.access.AccessChanged;
import org.farwatch.api.access.Assignments;
import org.farwatch.api.access.Callers;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.proof.ProofSettings;
import org.farwatch.ingest.record.Arriving;
import org.farwatch.ingest.record.Recordings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/** The address of live pictures, and their end when a viewer's rights end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VideoSettings.class, MediaSettings.class})
class VideoConfiguration implements WebSocketConfigurer {
    private static final long CHECK_MILLIS = 10_000;

    private final Streams streams;
    private final StreamTable table;
    private final Assignments assignments;
    private final ViewLog views;
    private final Callers callers;
    private final JsonMapper json;

    VideoConfiguration(
            Streams streams,
            StreamTable table,
            Assignments assignments,
            ViewLog views,
            Callers callers,
            JsonMapper json) {
        this.streams = streams;
        this.table = table;
        this.assignments = assignments;
        this.views = views;
        this.callers = callers;
        this.json = json;
    }

    @Bean
    static Recordings recordings(Home home, ProofSettings proof) {
        return new Recordings(home.folder("video"), proof.suite().algorithm());
    }

    @Bean
    static Arriving arriving(Home home, Recordings recordings) {
        return new Arriving(home.folder("uploads").resolve("arriving"), recordings);
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(new PictureSocket(streams, json), PictureSocket.PATH)
                .addInterceptors(PictureSocket.door(table, streams, assignments, views));
    }

    @EventListener
    void closeChanged(AccessChanged change) {
        streams.closeWhere(caller -> caller.userId() == change.userId());
    }

    @Scheduled(fixedDelay = CHECK_MILLIS)
    void closeGone() {
        streams.closeWhere(caller -> callers.present(caller).isEmpty());
    }
}

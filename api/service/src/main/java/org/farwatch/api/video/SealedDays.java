package org.farwatch.api.video;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the recordings of the house are sealed by day roots. */
@Component
public class SealedDays {
    private final JdbcClient jdbc;

    SealedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param last day that has a root, null while none has
     * @param segments that all roots are over
     */
    public record Sealed(LocalDate last, long segments) {}

    public Sealed sealed() {
        return jdbc.sql("select max(day) as last, coalesce(sum(segments), 0)::bigint as segments from day_root")
                .query(Sealed.class)
                .single();
    }
}

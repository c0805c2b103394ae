package org.farwatch.api.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who looked at whose positions or pictures, and why. The purpose comes with the request ({@code X-Purpose},
 * percent-encoded UTF-8); a program that sends none is logged with {@code api}, a page of a browser with
 * {@code not-given}. Written before anything is given out.
 */
@Component
public class ViewLog {
    private static final int MAX_PURPOSE = 200;
    private static final String BY_PROGRAM = "api";
    private static final String BY_BROWSER = "not-given";

    private final JdbcClient jdbc;

    ViewLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Logs one view.
     *
     * @param kind what was seen, such as {@code track} or {@code live}
     * @param subjectId public id of the device, officer or camera
     * @param from start of the time seen, null when it has none
     */
    public void record(Caller caller, String kind, String subjectId, String subjectName, Instant from, Instant to) {
        jdbc.sql("""
                insert into view_log (username, purpose, kind, subject_id, subject_name, range_from, range_to, address)
                values (:username, :purpose, :kind, :subjectId, :subjectName, :from, :to, :address)""")
                .param("username", caller.username())
                .param("purpose", purpose())
                .param("kind", kind)
                .param("subjectId", subjectId)
                .param("subjectName", subjectName)
                .param("from", utc(from), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", utc(to), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("address", RequestAddress.current())
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String purpose() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return BY_PROGRAM;
        }
        String header = attributes.getRequest().getHeader("X-Purpose");
        if (header == null || header.isBlank()) {
            return HeaderLogin.appliesTo(attributes.getRequest()) ? BY_PROGRAM : BY_BROWSER;
        }
        try {
            String purpose = URLDecoder.decode(header, StandardCharsets.UTF_8).strip();
            if (purpose.length() > MAX_PURPOSE) {
                throw Refusal.field("X-Purpose", "must have at most " + MAX_PURPOSE + " characters");
            }
            if (purpose.isEmpty() || purpose.chars().anyMatch(Character::isISOControl) || !Texts.storable(purpose)) {
                throw Refusal.field("X-Purpose", "must be a text without control characters");
            }
            return purpose;
        } catch (IllegalArgumentException e) {
            throw Refusal.field("X-Purpose", "must be percent-encoded UTF-8");
        }
    }
}

package org.farwatch.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Why and from where somebody looks at a person's data, as the view log keeps it.
 *
 * @param purpose in the viewer's words or one of the console's; {@code api} for a program and {@code not-given} for a
 *     browser that says none
 * @param address where he looks from, null for the service itself
 */
public record Viewing(String purpose, String address) {
    private static final String HEADER = "X-Purpose";
    private static final int MAX_PURPOSE = 200;
    private static final String BY_PROGRAM = "api";
    private static final String BY_BROWSER = "not-given";

    /**
     * By the request being handled, whose purpose is percent-encoded UTF-8 in {@code X-Purpose}.
     *
     * @throws Refusal 400 for a purpose that cannot be kept
     */
    public static Viewing current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return new Viewing(BY_PROGRAM, null);
        }
        Viewing unsaid = unsaid(attributes.getRequest());
        String header = attributes.getRequest().getHeader(HEADER);
        if (header == null) {
            return unsaid;
        }
        try {
            return unsaid.saying(HEADER, URLDecoder.decode(header, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.field(HEADER, "must be percent-encoded UTF-8");
        }
    }

    /** Whether somebody said why: a person's browser that says nothing did not. */
    public boolean said() {
        return !purpose.equals(BY_BROWSER);
    }

    /** By a request whose purpose is not known yet: it opens a connection on which it may be said. */
    public static Viewing unsaid(HttpServletRequest request) {
        return new Viewing(HeaderLogin.appliesTo(request) ? BY_PROGRAM : BY_BROWSER, request.getRemoteAddr());
    }

    /**
     * The same with the purpose that is said.
     *
     * @param field that it is said in
     * @param given null or blank when none is
     * @throws Refusal 400 for a purpose that cannot be kept
     */
    public Viewing saying(String field, String given) {
        if (given == null || given.isBlank()) {
            return this;
        }
        String said = given.strip();
        if (said.length() > MAX_PURPOSE) {
            throw Refusal.field(field, "must have at most " + MAX_PURPOSE + " characters");
        }
        if (said.chars().anyMatch(Character::isISOControl) || !Texts.storable(said)) {
            throw Refusal.field(field, "must be a text without control characters");
        }
        return new Viewing(said, address);
    }
}

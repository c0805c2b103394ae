package org.farwatch.api.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request is refused at the edge: becomes a problem detail (RFC 9457) that names field, value and rule. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, Object> extras = new LinkedHashMap<>();

    public Refusal(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    /** 400 for one field. */
    public static Refusal field(String field, String rule) {
        return new Refusal(400, "invalid request", field + " " + rule)
                .with("errors", List.of(new FieldError(field, rule)));
    }

    public static Refusal notFound(String kind, String id) {
        return new Refusal(404, "not found", "there is no " + kind + " " + id + ", or it is not yours to see");
    }

    /**
     * 409: somebody else changed the record first.
     *
     * @param version that it has now
     * @param changedBy null when nobody knows
     */
    public static Refusal conflict(String kind, String id, int version, String changedBy) {
        Refusal refusal = new Refusal(
                409,
                "changed meanwhile",
                kind + " " + id + " was changed by " + (changedBy == null ? "somebody else" : changedBy)
                        + " first; look at it again");
        refusal.with("version", version);
        return changedBy == null ? refusal : refusal.with("changedBy", changedBy);
    }

    /** Adds a member to the problem detail. */
    public Refusal with(String member, Object value) {
        extras.put(member, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Map<String, Object> extras() {
        return extras;
    }

    /** One field and what is wrong with it. */
    public record FieldError(String field, String message) {}
}

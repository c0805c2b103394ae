package org.farwatch.api.web;

/** Public ids are opaque strings; most are internal numbers in decimal. */
public final class Ids {
    private Ids() {}

    /**
     * The number behind the id.
     *
     * @throws Refusal 404 when it cannot be one: then there is no such thing
     */
    public static long parse(String kind, String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.notFound(kind, id);
        }
    }

    /** As {@link #parse}, for an id given in a body: the field is named instead. Null stays null. */
    public static Long field(String field, String id) {
        if (id == null) {
            return null;
        }
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.field(field, "names nothing that exists: " + id);
        }
    }
}

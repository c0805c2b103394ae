package org.farwatch.vision.health;

/** What a {@link PictureWatch} tells. */
public sealed interface HealthChange {
    HealthFault fault();

    /** @param sinceMillis first bad picture, milliseconds since 1970 UTC; so identifies the fault */
    record Began(HealthFault fault, long sinceMillis) implements HealthChange {}

    /**
     * @param sinceMillis as when it began
     * @param endMillis first good picture
     */
    record Ended(HealthFault fault, long sinceMillis, long endMillis) implements HealthChange {}
}

package org.farwatch.api.telemetry;

/** Who has a device now and what his duty says; answered by the feature that knows. */
@FunctionalInterface
public interface LiveHolders {
    /** A device that nobody holds. */
    Holder NOBODY = new Holder(null, null, null, null);

    /** In memory. @return {@link #NOBODY} when the device has no holder and no duty */
    Holder of(int deviceNo);

    /** Public ids; each null when there is none. {@code presence} is the state's label. */
    record Holder(String officerId, String officerName, String dutyId, String presence) {}
}

package org.farwatch.ingest.gb28181;

/** What devices register with. */
@FunctionalInterface
public interface Passwords {
    /** Of the device with this code, null when it may not register at all. In memory, never blocks. */
    String of(String code);
}

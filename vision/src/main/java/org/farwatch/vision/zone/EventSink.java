package org.farwatch.vision.zone;

/** Receives what watches find; the way out of this module. Called on the watch's thread, which it should not hold up. */
public interface EventSink {
    void raised(Lead lead);

    /** Once for each lead raised, unless the watch is closed before. */
    void ended(LeadEnd end);
}

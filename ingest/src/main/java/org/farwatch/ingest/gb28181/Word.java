package org.farwatch.ingest.gb28181;

/** What a device says of something that it was told to do and has taken. */
public enum Word {
    DONE,
    NOT_DONE,
    /** Nothing: not all devices do. */
    NONE
}

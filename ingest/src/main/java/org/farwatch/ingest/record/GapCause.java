package org.farwatch.ingest.record;

/** Why a recording run ended, or why none could begin. */
public enum GapCause {
    /** The stream broke off; its own state says why. */
    STREAM_ENDED("stream-ended"),
    /** The stream stayed connected and pictures are missing in it. */
    PICTURES_MISSING("pictures-missing"),
    /** Our clock was set; what follows has other times. */
    CLOCK_SET("clock-set"),
    /** Free space is below the watermark. */
    DISK_FULL("disk-full"),
    /** The folder cannot be written. */
    DISK_ERROR("disk-error"),
    /** Recording was switched off. */
    STOPPED("stopped");

    private final String label;

    GapCause(String label) {
        this.label = label;
    }

    /** As it stands in the API and the database. */
    public String label() {
        return label;
    }
}

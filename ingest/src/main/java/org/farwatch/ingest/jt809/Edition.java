package org.farwatch.ingest.jt809;

/** The edition of JT/T 809 that a link speaks; nothing in a header says it for sure, so it is agreed for each link. */
public enum Edition {
    V2011(22),
    /** Adds the time of sending to the header, the access code to the login, a JT/T 808 body to positions. */
    V2019(30);

    private final int headerBytes;

    Edition(int headerBytes) {
        this.headerBytes = headerBytes;
    }

    int headerBytes() {
        return headerBytes;
    }

    /** {@code 2011} or {@code 2019}. */
    public String label() {
        return name().substring(1);
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    public static Edition of(String label) {
        for (Edition edition : values()) {
            if (edition.label().equals(label)) {
                return edition;
            }
        }
        throw new IllegalArgumentException("edition must be 2011 or 2019, was " + label);
    }
}

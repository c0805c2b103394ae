package org.farwatch.ingest.jt808;

/**
 * The edition whose layout a message has. The header tells 2019 from the two before (bit 14 of the body properties);
 * 2011 and 2013 share a header and differ in a few bodies only.
 */
public enum Layout {
    V2011(6),
    V2013(6),
    V2019(10);

    private final int phoneBytes;

    Layout(int phoneBytes) {
        this.phoneBytes = phoneBytes;
    }

    /** Bytes of the phone in the header, two decimal digits each. */
    public int phoneBytes() {
        return phoneBytes;
    }

    /** Bytes of a header without the fields of a sub-package. */
    public int headerBytes() {
        return this == V2019 ? 17 : 12;
    }

    /** The label that a registration carries: {@code 2011}, {@code 2013}, {@code 2019}. */
    public String label() {
        return name().substring(1);
    }
}

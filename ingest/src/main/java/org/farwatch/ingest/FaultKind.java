package org.farwatch.ingest;

/** What was wrong with something a device sent. The label stands in the metric {@code farwatch.ingest.faults}. */
public enum FaultKind {
    /** The checksum of the frame does not match: nothing in it can be trusted, it is not answered. */
    BAD_CHECKSUM("bad-checksum"),
    /** An escape byte is followed by something that is no escape; not answered. */
    BAD_ESCAPE("bad-escape"),
    /** Longer than any message may be; skipped up to the next delimiter. */
    OVERSIZE("oversize"),
    /** Too short for a header, or no syntax of this protocol at all. */
    MALFORMED("malformed"),
    /** Bytes came and a frame or line never: the connection was closed after the silence that the settings allow. */
    UNFINISHED("unfinished"),
    /** The length field disagrees with the body. */
    BAD_LENGTH("bad-length"),
    /** The terminal's phone holds digits that are no decimals: nobody to answer. */
    NOT_BCD_PHONE("not-bcd-phone"),
    /** The body is encrypted, and no key has been agreed. */
    ENCRYPTED("encrypted"),
    /** A part of a long message that cannot be put together. */
    SUB_PACKAGE("sub-package"),
    /** A long message of which some packages never came, though they were asked for. */
    GIVEN_UP("given-up"),
    /** A message or topic that this service does not handle; kept raw. */
    UNKNOWN_MESSAGE("unknown-message"),
    /** The message is known, its content breaks a rule of its format. */
    BAD_BODY("bad-body"),
    /** An additional item is cut short; the position before it is kept. */
    TRUNCATED_ITEM("truncated-item"),
    /** A device that is unknown or has not authenticated sent data. */
    NOT_ADMITTED("not-admitted"),
    /** More connections, terminals or messages at a time than are allowed. */
    OVER_LIMIT("over-limit");

    private final String label;

    FaultKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}

package org.farwatch.ingest.sip;

/** A request of ours was not granted. */
public final class SipRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Nothing came in time, as RFC 3261 8.1.3.1 has it. */
    public static final int NO_ANSWER = 408;

    private final int status;

    public SipRefused(int status, String reason) {
        super(status + " " + reason);
        this.status = status;
    }

    /** SIP status code, 300 to 699. */
    public int status() {
        return status;
    }
}

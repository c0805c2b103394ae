package org.farwatch.ingest.media.rtp;

/** How a device's packets reach us. */
public enum RtpTransport {
    /** Datagrams to our port. */
    UDP,
    /** The device connects to our port; packets behind their length (RFC 4571). */
    TCP_PASSIVE,
    /** We connect to the device's port, from ours, once {@link RtpSession#connectTo} names it. */
    TCP_ACTIVE
}

package org.farwatch.ingest.jt808;

import java.util.List;
import org.farwatch.ingest.KnownDevice;

/** One terminal on one connection. Owned by the connection's event loop. */
final class Session {
    final Peer peer;
    final long phoneHigh;
    final long phoneLow;

    /** Identity in the register: the phone without leading zeros. */
    final String phone;

    /** Set when the register let the terminal in; the newest entry it was known by. */
    KnownDevice device;

    /** Whether {@link Sessions} lists this session as the terminal's present one. */
    boolean online;

    /** {@link System#nanoTime()} of the last frame. */
    long heardAt;

    /** {@link System#nanoTime()} before which a refused terminal is not introduced again; 0 when it may be. */
    long introduceAgainAt;

    /** Commands that wait for an answer; null while there was none. */
    List<OutstandingCommand> commands;

    /** The header's layout and version, as the terminal itself uses them. */
    boolean v2019;

    int protocolVersion;

    private int serial;

    Session(Peer peer, long phoneHigh, long phoneLow, String phone) {
        this.peer = peer;
        this.phoneHigh = phoneHigh;
        this.phoneLow = phoneLow;
        this.phone = phone;
    }

    boolean admitted() {
        return device != null;
    }

    /** The serial of the next message from the platform, from 0, wrapping. */
    int nextSerial() {
        return serial++ & 0xFFFF;
    }
}

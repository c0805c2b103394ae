package org.farwatch.api.org;

import java.util.Arrays;
import org.farwatch.ingest.KnownDevice;

/**
 * A device as kept in memory for the protocols and the live board; replaced as a whole when the register changes.
 *
 * @param known what the protocols see
 * @param squadNo internal id of its squad, 0 when it has none
 * @param codeHash SHA-256 of its authorisation code, null before it got one
 */
public record RegisteredDevice(KnownDevice known, String name, DeviceKind kind, long squadNo, byte[] codeHash) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RegisteredDevice that
                && known.equals(that.known)
                && name.equals(that.name)
                && kind == that.kind
                && squadNo == that.squadNo
                && Arrays.equals(codeHash, that.codeHash);
    }

    @Override
    public int hashCode() {
        return known.no();
    }

    @Override
    public String toString() {
        return known.id();
    }
}

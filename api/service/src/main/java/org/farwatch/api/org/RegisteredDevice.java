package org.farwatch.api.org;

import org.farwatch.ingest.KnownDevice;

/**
 * A device as kept in memory for the protocols and the live board; replaced as a whole when the register changes.
 *
 * @param known what the protocols see
 * @param squadNo internal id of its squad, 0 when it has none
 * @param codes its authorisation codes
 */
public record RegisteredDevice(
        KnownDevice known, String name, DeviceKind kind, long squadNo, AuthorisationCodes.Held codes) {
    @Override
    public String toString() {
        return known.id();
    }
}

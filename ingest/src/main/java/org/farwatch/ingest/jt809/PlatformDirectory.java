package org.farwatch.ingest.jt809;

import java.util.concurrent.CompletionStage;
import org.farwatch.ingest.DeviceDirectory.Admission;

/** The register of subordinate platforms as the protocol sees it. */
public interface PlatformDirectory {
    /** The platform with this access code that may log in, or null. In memory, never blocks. */
    LowerPlatform find(long accessCode);

    /** Whether this is the platform's password. Slow on purpose; completes on any thread. */
    CompletionStage<PasswordCheck> check(LowerPlatform platform, String password);

    /**
     * A vehicle that the register does not know sent something and the platform may create vehicles. Completes on any
     * thread.
     *
     * @param plateColour JT/T 415 or JT/T 697.7 code
     */
    CompletionStage<Admission> create(LowerPlatform platform, int plateColour, String plate);

    /** What became of a password. */
    enum PasswordCheck {
        RIGHT,
        WRONG,
        /** Too many are being checked, or the register is away. */
        UNAVAILABLE
    }
}

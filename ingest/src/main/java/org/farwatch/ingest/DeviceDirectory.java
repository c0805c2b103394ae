package org.farwatch.ingest;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** The register of devices as the protocols see it. */
public interface DeviceDirectory {
    /** The device with this id in this protocol, or null. In memory, never blocks: called for every frame. */
    KnownDevice find(Protocol protocol, String protocolId);

    /**
     * A device asks to be registered (JT/T 808 0x0100). A known identity is accepted again with a new code; an unknown
     * one only when self-registration is on. Completes on any thread.
     */
    CompletionStage<Admission> register(Registration registration);

    /**
     * A device shows the code that it was given (JT/T 808 0x0102). With self-registration on, an unknown device is
     * created and its code taken over. Completes on any thread, for a known device at once.
     */
    CompletionStage<Admission> authenticate(Protocol protocol, String protocolId, String code);

    /**
     * An unknown device sent a position before anything else; created when self-registration is on. A known device is
     * accepted when self-registration is on, otherwise it has to authenticate first. Completes on any thread.
     */
    CompletionStage<Admission> introduce(Protocol protocol, String protocolId);

    /** A device connected or its last connection ended. Never blocks. */
    void presence(KnownDevice device, boolean online, Instant at);

    /**
     * What a terminal says of itself when it registers; texts are trimmed, empty when the layout lacks them.
     *
     * @param plateColour JT/T 415 or JT/T 697.7 code, -1 when absent
     */
    record Registration(
            Protocol protocol,
            String protocolId,
            String layout,
            int province,
            int city,
            String manufacturer,
            String model,
            String terminalId,
            int plateColour,
            String plate) {}

    /** The answer to a device that wants in. */
    sealed interface Admission {
        /** @param code the new authorisation code after a registration, otherwise empty */
        record Accepted(KnownDevice device, String code) implements Admission {}

        record Refused(Refusal reason) implements Admission {}
    }

    /** Why a device is not let in. */
    enum Refusal {
        UNKNOWN_DEVICE,
        WRONG_CODE,
        NOT_AUTHENTICATED,
        /** The register cannot be asked just now; the device may try again. */
        UNAVAILABLE
    }
}

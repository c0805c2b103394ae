package org.farwatch.api.uploads;

import java.util.Locale;

/** Why a recording was refused. */
enum UploadFault {
    /** Neither its name nor its sidecar says of which device and time it is. */
    NAME,
    /** Name and sidecar, or sidecar and content, say different things. */
    MISMATCH,
    /** It is none of the containers that are taken, or nothing in it can be read. */
    NOT_VIDEO,
    /** Its pictures are neither H.264 nor H.265. */
    CODEC,
    UNKNOWN_DEVICE,
    UNKNOWN_OFFICER,
    /** Somebody else, or nobody, had the device at that time. */
    OTHER_OFFICER,
    /** It lasts longer or shorter than was said, or than may be. */
    DURATION,
    /** It begins in the future, or before there were such devices. */
    TIME,
    /** Its bytes are not those whose hash was told. */
    HASH;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A file is refused. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final UploadFault fault;

        Refused(UploadFault fault, String reason) {
            super(reason);
            this.fault = fault;
        }

        UploadFault fault() {
            return fault;
        }
    }

    /** @param reason a sentence naming the fact, its value and the rule */
    Refused because(String reason) {
        return new Refused(this, reason);
    }
}

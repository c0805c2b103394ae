package org.farwatch.api.platforms;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.farwatch.ingest.jt809.BodyCipher;

/** The constants of the body's encryption, agreed with the other platform; 0 to 4294967295 each. */
record Keys(
        @NotNull @Min(0) @Max(4_294_967_295L) Long m1,
        @NotNull @Min(0) @Max(4_294_967_295L) Long ia1,
        @NotNull @Min(0) @Max(4_294_967_295L) Long ic1) {

    BodyCipher cipher() {
        return new BodyCipher(m1, ia1, ic1);
    }

    /** Three decimal numbers, for sealing. */
    String text() {
        return m1 + " " + ia1 + " " + ic1;
    }

    static Keys of(String text) {
        String[] parts = text.split(" ", 3);
        return new Keys(Long.valueOf(parts[0]), Long.valueOf(parts[1]), Long.valueOf(parts[2]));
    }

    /** Nobody sees them in a log. */
    @Override
    public String toString() {
        return "keys";
    }
}

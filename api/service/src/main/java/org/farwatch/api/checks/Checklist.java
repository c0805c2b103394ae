package org.farwatch.api.checks;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;

/**
 * A list by which is checked.
 *
 * @param sample whether it came with the service and nobody made it his own yet (样例)
 * @param points full marks of all items
 */
record Checklist(
        String id,
        CheckKind kind,
        String name,
        boolean sample,
        boolean retired,
        List<Item> items,
        BigDecimal points,
        int version) {
    /**
     * One line of it.
     *
     * @param points full marks, 0.5 to 100 in steps of 0.5
     * @param basis the rule that it comes from, null when none is named
     */
    record Item(
            @NotBlank @Size(max = 40) String group,
            @NotBlank @Size(max = 200) String text,
            @NotNull @DecimalMin("0.5") @DecimalMax("100") BigDecimal points,
            @Size(max = 200) String basis) {
        private static final BigDecimal STEPS = new BigDecimal(2);

        /** Whether a number is in steps of 0.5. */
        static boolean inSteps(BigDecimal number) {
            return number.multiply(STEPS).stripTrailingZeros().scale() <= 0;
        }
    }
}

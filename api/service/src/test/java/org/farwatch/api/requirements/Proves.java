package org.farwatch.api.requirements;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which requirements a test method shows to work; {@code docs/requirements.md} is made of these. At most three: a test
 * that proves more proves none of them.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {
    /** Ids such as {@code R040}, of {@code requirements.tsv}. */
    String[] value();

    /** The page of the console on which it is done, such as {@code /duty}; empty when there is none. */
    String screen() default "";

    /** The call over which it is done, such as {@code GET /duties/{id}/presence}; empty when there is none. */
    String api() default "";

    /** What of the requirement is still missing; empty when nothing is. */
    String missing() default "";
}

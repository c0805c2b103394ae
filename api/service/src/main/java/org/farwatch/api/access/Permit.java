package org.farwatch.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the roles that may call a route. A route without it is denied to everybody; a test walks all routes against all
 * roles.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permit {
    /** The roles; any one of them suffices. */
    Role[] value() default {};

    /** Whether anybody who is logged in may call it, whatever the role. */
    boolean everyRole() default false;

    /**
     * Whether it gives an inspector or legal reviewer who is limited to squads also what is of the squad that a task of his
     * sends him to ({@link Assignments}). For reading only.
     */
    boolean assigned() default false;

    /** Whether it may be called without logging in. */
    boolean everybody() default false;

    /** Whether also somebody may call it who must change his password before all else. */
    boolean beforePasswordChange() default false;
}

package org.farwatch.api.commands;

import java.util.List;
import java.util.Set;
import org.farwatch.api.access.Role;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.command.Command;

/**
 * A kind of command: who may ask for it, what it needs, and how it is made.
 *
 * @param label such as {@code query-parameters}
 * @param message the message of JT/T 808, such as {@code 8104}
 * @param since the first edition whose terminals know it
 * @param roles who may; any one of them suffices
 * @param regard what it does to whoever has the device
 */
record CommandKind(
        String label,
        String message,
        Layout since,
        Set<Role> roles,
        Regard regard,
        List<CommandField> fields,
        Make make) {
    /** What a command does to a person. */
    enum Regard {
        /** Nothing. */
        NONE,
        /** It tells where the device is: not of somebody off duty. */
        WHEREABOUTS,
        /** It takes or fetches pictures or sound: not of somebody off duty, with a purpose, and in the view log. */
        PICTURE_OR_SOUND
    }

    /** Makes the command; an {@link IllegalArgumentException} begins with the argument's name. */
    @FunctionalInterface
    interface Make {
        Command from(CommandArguments arguments);
    }
}

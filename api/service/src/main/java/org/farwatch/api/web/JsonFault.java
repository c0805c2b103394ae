package org.farwatch.api.web;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a piece of JSON, in words for its writer: the field and the rule, never our classes. */
public final class JsonFault {
    private static final int SHOWN = 60;
    /** A rule of an enum or record names its own field first; the field is known better from the path. */
    private static final Pattern OWN_NAME = Pattern.compile("^[A-Za-z]+ (?=must |is |names )");

    private static final Pattern CLASS_NAME = Pattern.compile("[a-z]+\\.[a-z0-9]+\\.[A-Za-z0-9.]+|[a-z]\\$[A-Z]");

    private JsonFault() {}

    /** @return field {@code body} when the text is no JSON at all or of the wrong shape */
    public static Refusal.FieldError of(JacksonException fault) {
        String field = path(fault);
        return new Refusal.FieldError(field.isEmpty() ? "body" : field, message(fault));
    }

    /** What a value of this type must look like. */
    static String expected(Class<?> type) {
        if (type == null) {
            return "does not fit";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "must be a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number in range";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "must be a text";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return Times.RULE;
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() && type.getComponentType().isPrimitive()) {
            return "must be a list of numbers";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return "must be an object";
    }

    /** The rule without the name that it begins with, or null when it may not be told. */
    static String rule(Throwable broken) {
        String message = broken instanceof IllegalArgumentException ? broken.getMessage() : null;
        return message == null
                        || broken instanceof NumberFormatException
                        || CLASS_NAME.matcher(message).find()
                ? null
                : OWN_NAME.matcher(message).replaceFirst("");
    }

    static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String path(JacksonException fault) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference reference : fault.getPath()) {
            if (reference.getPropertyName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(reference.getPropertyName());
            } else if (reference.getIndex() >= 0) {
                field.append('[').append(reference.getIndex()).append(']');
            }
        }
        return field.toString();
    }

    private static String message(JacksonException fault) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown -> "is not a field here; known are " + known(unknown);
            case ReadingRules.RuleBroken broken -> broken.getOriginalMessage();
            case InvalidFormatException format ->
                expected(format.getTargetType()) + ", was " + shortened(format.getValue());
            case ValueInstantiationException made -> {
                String rule = rule(made.getCause());
                yield rule == null ? expected(made.getType().getRawClass()) : rule;
            }
            case MismatchedInputException mismatch ->
                mismatch.getTargetType() != null
                                && mismatch.getTargetType().isPrimitive()
                                && String.valueOf(mismatch.getOriginalMessage()).contains("`null`")
                        ? "must be given"
                        : expected(mismatch.getTargetType());
            case InputCoercionException number -> expected(number.getTargetType());
            case StreamConstraintsException _ -> "is nested too deep or holds too long a text or number";
            default -> {
                String rule = rule(fault.getCause());
                yield rule != null ? rule : at(fault);
            }
        };
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds();
        return ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String at(JacksonException fault) {
        return fault.getLocation() == null || fault.getLocation().getLineNr() < 1
                ? "is not valid JSON"
                : "is not valid JSON at line " + fault.getLocation().getLineNr() + ", column "
                        + fault.getLocation().getColumnNr();
    }
}

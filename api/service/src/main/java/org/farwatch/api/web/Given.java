package org.farwatch.api.web;

import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A member of a change that may also be cleared, as JSON merge patch has it (RFC 7396): left out, the component is null
 * and nothing changes; {@code null} clears; anything else is set. Its value is validated in place: {@code Given<@Min(0)
 * Float>}.
 *
 * @param value to be set, null to clear
 */
@JsonDeserialize(using = Given.Reader.class)
public record Given<T>(@JsonValue T value) {
    /** What holds after the change. */
    public static <T> T or(Given<T> given, T before) {
        return given == null ? before : given.value();
    }

    /** Tells a member that is null from one that is left out. */
    static final class Reader extends ValueDeserializer<Given<?>> {
        private final JavaType content;

        Reader() {
            this(null);
        }

        private Reader(JavaType content) {
            this.content = content;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty member) {
            JavaType type = member == null ? context.getContextualType() : member.getType();
            return new Reader(type.containedTypeOrUnknown(0));
        }

        @Override
        public Given<?> deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            return new Given<>(context.readValue(parser, content));
        }

        @Override
        public Given<?> getNullValue(DeserializationContext context) {
            return new Given<>(null);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}

package org.farwatch.api.web;

import java.io.Serial;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;

/** How texts and times are read from bodies and parameters: only what can be stored, so that it is refused at the edge. */
@Configuration(proxyBeanMethods = false)
class ReadingRules implements WebMvcConfigurer {
    /** A method reference would lose the types that the registry asks for. */
    private static final class InstantParameter implements Converter<String, Instant> {
        @Override
        public Instant convert(String text) {
            return text.isBlank() ? null : Times.parse(text);
        }
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new InstantParameter());
    }

    @Bean
    JacksonModule readingRulesModule() {
        SimpleModule module = new SimpleModule("reading-rules");
        module.addDeserializer(String.class, new StorableText());
        module.addDeserializer(Instant.class, new StorableTime());
        return module;
    }

    private static final class StorableText extends StdScalarDeserializer<String> {
        StorableText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && !Texts.storable(text)) {
                throw new RuleBroken(parser, Texts.RULE, String.class);
            }
            return text;
        }
    }

    private static final class StorableTime extends StdScalarDeserializer<Instant> {
        StorableTime() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new RuleBroken(parser, Times.RULE, Instant.class);
            }
            try {
                return Times.parse(parser.getString());
            } catch (IllegalArgumentException e) {
                throw new RuleBroken(parser, e.getMessage(), Instant.class);
            }
        }
    }

    /** A value that breaks a rule of ours; the message is the rule and may be told. */
    static final class RuleBroken extends InvalidFormatException {
        @Serial
        private static final long serialVersionUID = 1L;

        RuleBroken(JsonParser parser, String rule, Class<?> type) {
            super(parser, rule, null, type);
        }
    }
}

package org.farwatch.api.web;

import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;

/** Lets the rules of a {@link Given} member be checked on its value. Found by {@link java.util.ServiceLoader}. */
public final class GivenValues implements ValueExtractor<Given<@ExtractedValue ?>> {
    @Override
    public void extractValues(Given<?> given, ValueReceiver receiver) {
        receiver.value(null, given.value());
    }
}

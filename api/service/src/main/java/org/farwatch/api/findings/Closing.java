package org.farwatch.api.findings;

import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;

/**
 * What a finding is closed with.
 *
 * @param version that the caller saw
 * @param elements each by text, by files of the finding, or by both
 */
record Closing(
        int version,
        @Size(max = 2000) String note,
        @Size(max = 6) Map<ClosingElement, Element> elements) {

    /** One of the six. */
    record Element(
            @Size(max = 2000) String note, @Size(max = 20) List<String> files) {
        boolean given() {
            return (note != null && !note.isBlank()) || (files != null && !files.isEmpty());
        }
    }

    Map<ClosingElement, Element> given() {
        return elements == null
                ? Map.of()
                : elements.entrySet().stream()
                        .filter(each ->
                                each.getValue() != null && each.getValue().given())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @throws Refusal 400 naming what the class asks for and was not given */
    void require(FindingClass grade) {
        Set<ClosingElement> missing = EnumSet.noneOf(ClosingElement.class);
        missing.addAll(grade.needed());
        missing.removeAll(given().keySet());
        if (!missing.isEmpty()) {
            String names = missing.stream().map(ClosingElement::label).collect(Collectors.joining(", "));
            throw Refusal.field(
                            "elements", "of a " + grade.label() + " finding must hold a text or file each of " + names)
                    .with("missing", missing.stream().map(ClosingElement::label).toList());
        }
    }
}

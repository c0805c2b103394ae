package org.farwatch.api.documents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.farwatch.api.web.Refusal;

/**
 * The kinds of documents that the bureau makes itself. Those of the supervision of administrative enforcement
 * (行政执法监督…书) belong to the judicial organ and are not among them.
 */
public enum DocumentKind {
    /** 督察告知单: tells a squad, and the officer concerned, what was seen, and asks for an explanation. */
    INSPECTION_NOTICE(
            "inspection-notice",
            "督察告知单",
            "督告",
            Set.of("number", "squad", "fact", "rule", "deadline"),
            Set.of("officer", "class", "evidence", "days", "issuer", "date"));

    private final String label;
    private final String title;
    private final String prefix;
    private final Set<String> required;
    private final Set<String> allowed;

    DocumentKind(String label, String title, String prefix, Set<String> required, Set<String> optional) {
        this.label = label;
        this.title = title;
        this.prefix = prefix;
        this.required = required;
        Set<String> all = new TreeSet<>(required);
        all.addAll(optional);
        this.allowed = Set.copyOf(all);
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** Its name on paper. */
    public String title() {
        return title;
    }

    /** Names in double braces that a template must hold. */
    Set<String> required() {
        return required;
    }

    /** Names in double braces that a template may hold, the required ones among them. */
    Set<String> allowed() {
        return allowed;
    }

    /** A number as it stands on paper, such as 督告〔2026〕1号. */
    public String number(int year, int number) {
        return prefix + "〔" + year + "〕" + number + "号";
    }

    static DocumentKind stored(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind of document: " + label));
    }

    /** @throws Refusal 404 naming those there are */
    static DocumentKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "not found",
                        "there is no kind of document " + label + "; there is "
                                + List.of(values()).stream()
                                        .map(DocumentKind::label)
                                        .toList()));
    }
}

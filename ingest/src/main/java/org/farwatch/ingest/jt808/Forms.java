package org.farwatch.ingest.jt808;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All messages whose fields are known here, up and down. */
final class Forms {
    private static final Map<Integer, Form> BY_ID = new HashMap<>();

    static {
        for (List<Form> forms : List.of(
                UpForms.ALL, MediaForms.ALL, DownForms.ALL, AreaForms.ALL, VideoForms.ALL, AlarmFileForms.ALL)) {
            for (Form form : forms) {
                if (BY_ID.put(form.messageId(), form) != null) {
                    throw new IllegalStateException("%04x is described twice".formatted(form.messageId()));
                }
            }
        }
    }

    private Forms() {}

    /** @return null for a message that is not known here */
    static Form of(int messageId) {
        return BY_ID.get(messageId);
    }

    static String name(int messageId) {
        Form form = BY_ID.get(messageId);
        if (form != null) {
            return form.name();
        }
        return messageId >= 0xF000 || messageId >= 0xE000 && messageId < 0xF000 ? "of the vendor" : "unknown";
    }
}

package org.farwatch.api.documents;

import java.io.IOException;
import java.io.InputStream;
import org.openpdf.text.pdf.BaseFont;

/** The one Chinese typeface of every PDF, which is embedded in parts only; read once, some 15 MB. */
final class EmbeddedFace {
    private static final String FILE = "NotoSerifSC_400Regular.ttf";

    static final BaseFont FACE = read();

    private EmbeddedFace() {}

    private static BaseFont read() {
        try (InputStream font = EmbeddedFace.class.getResourceAsStream("font/" + FILE)) {
            if (font == null) {
                throw new IllegalStateException("the build left out the font " + FILE);
            }
            return BaseFont.createFont(FILE, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, font.readAllBytes(), null);
        } catch (IOException e) {
            throw new IllegalStateException("the font " + FILE + " cannot be read", e);
        }
    }
}

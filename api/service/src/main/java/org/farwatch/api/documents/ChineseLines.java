package org.farwatch.api.documents;

import org.openpdf.text.SplitCharacter;
import org.openpdf.text.pdf.PdfChunk;

/** Where a line of Chinese may end: no line begins with a closing mark or ends with an opening one (GB/T 15834, 5.1). */
final class ChineseLines implements SplitCharacter {
    static final ChineseLines RULE = new ChineseLines();

    private static final String NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—";
    private static final String NOT_LAST = "（《〈「『【〔“‘";
    private static final char FIRST_WIDE = '\u2e80';

    private ChineseLines() {}

    @Override
    public boolean isSplitCharacter(int start, int current, int end, char[] text, PdfChunk[] chunks) {
        char c = text[current];
        if (current + 1 < end && NOT_FIRST.indexOf(text[current + 1]) >= 0) {
            return false;
        }
        return c == ' ' || c == '-' || (isWide(c) && NOT_LAST.indexOf(c) < 0);
    }

    private static boolean isWide(char c) {
        return c >= FIRST_WIDE || NOT_FIRST.indexOf(c) >= 0;
    }
}

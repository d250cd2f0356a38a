package io.github.clinicsessions.audit;

import org.jspecify.annotations.Nullable;

/**
 * One field of a CSV file that people open in a spreadsheet.
 *
 * <p>A spreadsheet runs a cell that begins with one of a few characters, and text in the ledger may come from whoever signs in. An
 * apostrophe before such a character makes it text (OWASP, <i>CSV Injection</i>). So does one wherever a spreadsheet set to
 * another separator than the comma would begin a cell. Control characters other than tab and line breaks, and halves of
 * surrogate pairs, become U+FFFD: no file that is valid UTF-8 and XML can hold them.
 */
final class CsvCell {

    private static final char APOSTROPHE = '\'';
    private static final char REPLACEMENT = '\uFFFD';

    /** What spreadsheets take for the beginning of a formula, with the forms that they make equal to it. */
    private static final String RUNS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212";

    /** What begins a cell, or a row, where the comma is not the separator or the quotation marks are not understood. */
    private static final String SEPARATORS = ";\t\r\n";

    private static final String NEEDS_QUOTES = ",\"" + SEPARATORS + APOSTROPHE;

    private CsvCell() {}

    /** As it stands between two commas; null is empty. */
    static String of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String harmless = harmless(text);
        return needsQuotes(harmless) ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    /** What a reader of the file gets for the text. */
    static String harmless(String text) {
        StringBuilder harmless = new StringBuilder(text.length() + 1);
        if (text.charAt(0) == '\t' || text.charAt(0) == '\r' || text.charAt(0) == '\n') {
            harmless.append(APOSTROPHE);
        }
        int begin = 0;
        boolean beginning = true;
        for (int i = 0; i < text.length(); i++) {
            char c = clean(text, i);
            harmless.append(c);
            if (SEPARATORS.indexOf(c) >= 0) {
                begin = harmless.length();
                beginning = true;
            } else if (beginning && RUNS.indexOf(c) >= 0) {
                harmless.insert(begin, APOSTROPHE);
                beginning = false;
            } else {
                beginning = beginning && isBlank(c);
            }
        }
        return harmless.toString();
    }

    private static boolean needsQuotes(String text) {
        return isBlank(text.charAt(0))
                || isBlank(text.charAt(text.length() - 1))
                || text.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
    }

    /** White space, and what is not seen: a spreadsheet may take it away. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || c == REPLACEMENT;
    }

    private static char clean(String text, int index) {
        char c = text.charAt(index);
        boolean control = Character.isISOControl(c) && c != '\t' && c != '\r' && c != '\n';
        return control || isLoneSurrogate(text, index) || c == '\uFFFE' || c == '\uFFFF' ? REPLACEMENT : c;
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}

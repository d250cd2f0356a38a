package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever people call themselves: a reader gets back what was written, and no spreadsheet runs it. */
class LedgerCsvTest {

    private static final String RUNS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    @Test
    void columnsAndValues() throws IOException {
        var row = LedgerRow.ended(
                        "realm",
                        1_700_000_000_000L,
                        "u1",
                        "müller, \"anna\"",
                        "session",
                        EndCause.ENDED_BY_OWNER,
                        new Actor(Actor.Type.OWNER, "o1", "=owner()"),
                        "Chrome on macOS",
                        "2001:db8::1",
                        Map.of("actorIpAddress", "192.0.2.7"))
                .of("müller, \"anna\"", List.of("a", "b"), List.of("b"));

        assertThat(csv(false, LedgerEntry.open(row)))
                .isEqualTo(
                        "occurredAt,action,cause,userId,username,sessionRef,actorType,actorId,actorName,device,ipAddress,"
                                + "country,details,id\r\n"
                                + "2023-11-14T22:13:20.000Z,SESSION_ENDED,ENDED_BY_OWNER,u1,\"müller, \"\"anna\"\"\","
                                + row.sessionRef() + ",OWNER,o1,\"'=owner()\",Chrome on macOS,2001:db8::1,,"
                                + "\"{\"\"actorIpAddress\"\":\"\"192.0.2.7\"\"}\"," + row.id() + "\r\n");
        assertThat(csv(false, LedgerEntry.masked(row)))
                .endsWith("\r\n2023-11-14,SESSION_ENDED,ENDED_BY_OWNER,,,,OWNER,o1,\"'=owner()\",,,,,\r\n");
    }

    @Test
    void theByteOrderMarkOnlyOnRequest() throws IOException {
        assertThat(csv(true)).startsWith("\uFEFFoccurredAt,");
        assertThat(csv(false)).startsWith("occurredAt,");
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "+49, '''+49'",
        "-1, '''-1'",
        "@SUM(A1), '''@SUM(A1)'",
        "\uFF1D1, '''\uFF1D1'",
        "'  =1', '''  =1'",
        "\u00A0\u200B=1, '''\u00A0\u200B=1'",
        "a;=1, 'a;''=1'",
        "a; -1, 'a;'' -1'",
        "a-b, a-b",
        "a=b, a=b",
        "'=1;=2', '''=1;''=2'"
    })
    void whatASpreadsheetWouldRun(String text, String harmless) {
        assertThat(CsvCell.harmless(text)).isEqualTo(harmless);
    }

    @Test
    void tabsLineBreaksAndControlCharacters() {
        assertThat(CsvCell.harmless("\t=1")).isEqualTo("'\t'=1");
        assertThat(CsvCell.harmless("\rx")).isEqualTo("'\rx");
        assertThat(CsvCell.harmless("x\n=1")).isEqualTo("x\n'=1");
        assertThat(CsvCell.harmless("a\u0000b\u001Fc\u007Fd\u0085e")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
        assertThat(CsvCell.harmless("\uD83D\uDE00 \uD83D \uDE00")).isEqualTo("\uD83D\uDE00 \uFFFD \uFFFD");
        assertThat(CsvCell.of("")).isEmpty();
        assertThat(CsvCell.of(null)).isEmpty();
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll("texts") String username, @ForAll("texts") String actor, @ForAll("texts") String detail)
            throws IOException {
        var entry = entry(username, actor, Map.of("x", detail));

        var records =
                Rfc4180.read(new String(csv(false, entry).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));

        assertThat(records).hasSize(2).allSatisfy(cells -> assertThat(cells).hasSameSizeAs(LedgerCsv.COLUMNS));
        var cells = records.get(1);
        assertThat(cells.get(LedgerCsv.COLUMNS.indexOf("username"))).isEqualTo(safe(username));
        assertThat(cells.get(LedgerCsv.COLUMNS.indexOf("actorName"))).isEqualTo(safe(actor));
        assertThat(cells).allSatisfy(LedgerCsvTest::isHarmless);
    }

    /** Also where somebody's spreadsheet separates by semicolons and does not know what a quotation mark in the middle is. */
    @Property
    void noPartOfALineRunsEither(@ForAll("texts") String username) throws IOException {
        for (String part : csv(false, entry(username, "a", Map.of())).split("[;\t\r\n]", -1)) {
            isHarmless(part);
        }
    }

    @Property
    void whatIsHarmlessStaysAsItIs(@ForAll("texts") String text) {
        if (text.isEmpty()) {
            return;
        }
        var harmless = CsvCell.harmless(text);
        assertThat(harmless.replace("'", "").length())
                .as("nothing but apostrophes comes in, nothing goes")
                .isEqualTo(text.replace("'", "").length());
        if (text.chars().allMatch(c -> c >= 'A' && c <= 'z')) {
            assertThat(harmless).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        var likely = Arbitraries.strings()
                .withChars((RUNS + " ;,\"'|%\u00A0\uFEFF\u200B\u0000\u001B\uD83D\uDE00aZ0").toCharArray())
                .ofMaxLength(12);
        return Arbitraries.oneOf(likely, Arbitraries.strings().all().ofMaxLength(20));
    }

    private static void isHarmless(String cell) {
        var begin = cell.codePoints()
                .dropWhile(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT)
                .findFirst();
        assertThat(cell.isEmpty() ? -1 : RUNS.indexOf(cell.charAt(0))).isEqualTo(-1);
        begin.ifPresent(c -> assertThat(RUNS.indexOf(c)).isEqualTo(-1));
    }

    private static String safe(String text) {
        return text.isEmpty() ? "" : CsvCell.harmless(text);
    }

    private static LedgerEntry entry(@Nullable String username, @Nullable String actor, Map<String, String> details) {
        return new LedgerEntry(
                false,
                "id",
                0,
                LedgerAction.SESSIONS_VIEWED,
                null,
                "u",
                username,
                null,
                new Actor(Actor.Type.ADMIN, "a", actor),
                null,
                null,
                null,
                details);
    }

    private static String csv(boolean byteOrderMark, LedgerEntry... entries) throws IOException {
        var text = new StringBuilder();
        var csv = new LedgerCsv(text);
        csv.header(byteOrderMark);
        for (var entry : entries) {
            csv.entry(entry);
        }
        return text.toString();
    }

    /** The grammar of RFC 4180, section 2, and nothing that it does not allow. */
    private static final class Rfc4180 {

        static List<List<String>> read(String text) {
            var records = new ArrayList<List<String>>();
            var cells = new ArrayList<String>();
            var i = 0;
            while (i < text.length()) {
                var cell = new StringBuilder();
                if (text.charAt(i) == '"') {
                    i++;
                    while (text.charAt(i) != '"' || (i + 1 < text.length() && text.charAt(i + 1) == '"')) {
                        i += text.charAt(i) == '"' ? 1 : 0;
                        cell.append(text.charAt(i++));
                    }
                    i++;
                } else {
                    while (text.charAt(i) != ',' && text.charAt(i) != '\r') {
                        assertThat(text.charAt(i)).isNotIn('"', '\n');
                        cell.append(text.charAt(i++));
                    }
                }
                cells.add(cell.toString());
                if (text.charAt(i) == ',') {
                    i++;
                } else {
                    assertThat(text.substring(i, i + 2)).isEqualTo("\r\n");
                    i += 2;
                    records.add(List.copyOf(cells));
                    cells.clear();
                }
            }
            assertThat(cells).isEmpty();
            return records;
        }
    }
}

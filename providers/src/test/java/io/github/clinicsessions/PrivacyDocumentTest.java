package io.github.clinicsessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code docs/privacy.md} names every column of every table and every cookie, no more and no less. */
class PrivacyDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "privacy.md");
    private static final Path CHANGELOGS = Path.of("src/main/resources/META-INF");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern TABLE = Pattern.compile("(?m)^### `(CLINIC_\\w+)`$");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`.+?`) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern COOKIE = Pattern.compile("String NAME = \"(CLINIC_\\w+)\"");

    @Test
    void namesEveryColumn() throws Exception {
        assertThat(documented()).isEqualTo(inChangelogs());
    }

    @Test
    void namesEveryCookie() throws IOException {
        Set<String> cookies = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith("Cookie.java")).toList()) {
                COOKIE.matcher(Files.readString(file)).results().forEach(match -> cookies.add(match.group(1)));
            }
        }
        assertThat(new TreeSet<>(firstCells(section("## Cookies")))).isEqualTo(cookies);
    }

    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> tables = new TreeMap<>();
        for (String table : TABLE.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .toList()) {
            List<String> columns = firstCells(section("### `" + table + "`\n"));
            assertThat(columns).as(table).doesNotHaveDuplicates();
            tables.put(table, new TreeSet<>(columns));
        }
        return tables;
    }

    private static String section(String heading) throws IOException {
        String document = Files.readString(DOCUMENT);
        String section = document.substring(document.indexOf(heading) + heading.length());
        int next = section.indexOf("\n#");
        return next < 0 ? section : section.substring(0, next);
    }

    private static List<String> firstCells(String section) {
        return FIRST_CELL
                .matcher(section)
                .results()
                .flatMap(cell -> NAME.matcher(cell.group(1)).results().map(name -> name.group(1)))
                .toList();
    }

    private static Map<String, Set<String>> inChangelogs() throws Exception {
        Map<String, Set<String>> tables = new TreeMap<>();
        try (Stream<Path> files = Files.list(CHANGELOGS)) {
            for (Path file : files.filter(one -> one.toString().endsWith("-changelog.xml"))
                    .toList()) {
                Element root = DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getDocumentElement();
                assertThat(root.getElementsByTagName("dropColumn").getLength()
                                + root.getElementsByTagName("dropTable").getLength()
                                + root.getElementsByTagName("renameColumn").getLength())
                        .as("this test does not know of columns that go")
                        .isZero();
                for (String change : List.of("createTable", "addColumn")) {
                    NodeList changes = root.getElementsByTagName(change);
                    for (int i = 0; i < changes.getLength(); i++) {
                        Element one = (Element) changes.item(i);
                        NodeList columns = one.getElementsByTagName("column");
                        Set<String> names =
                                tables.computeIfAbsent(one.getAttribute("tableName"), table -> new TreeSet<>());
                        for (int j = 0; j < columns.getLength(); j++) {
                            names.add(((Element) columns.item(j)).getAttribute("name"));
                        }
                    }
                }
            }
        }
        return tables;
    }
}

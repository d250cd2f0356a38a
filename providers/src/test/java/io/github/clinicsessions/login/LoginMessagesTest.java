package io.github.clinicsessions.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the sign-in pages: in every language those that the page and the classes name, and no other. */
class LoginMessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources/theme-resources");
    private static final Pattern KEY = Pattern.compile("\"(clinicLogin[A-Z]\\w*)\"");
    private static final List<String> PAGES =
            List.of("clinic-session-limit.ftl", "clinic-report.ftl", "clinic-password-first.ftl");
    private static final Set<String> FROM_JAVA = Set.of(
            "clinicLoginLimitReached",
            "clinicLoginLimitTooFew",
            "clinicLoginLimitUnknown",
            "clinicLoginReported",
            "clinicLoginSignedOutHere");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void areThoseThatAreUsed(String language) throws IOException {
        Set<String> used = new TreeSet<>(FROM_JAVA);
        for (String page : PAGES) {
            KEY.matcher(Files.readString(RESOURCES.resolve("templates").resolve(page)))
                    .results()
                    .forEach(match -> used.add(match.group(1)));
        }

        assertThat(new TreeSet<>(texts(language).stringPropertyNames())).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void areFormattedWhateverTheNumbers(String language) throws IOException {
        Properties texts = texts(language);
        assertThat(texts.stringPropertyNames()).allSatisfy(key -> {
            String text = texts.getProperty(key);
            assertThat(text)
                    .isNotBlank()
                    .as("MessageFormat swallows straight apostrophes")
                    .doesNotContain("'");
            for (int number : new int[] {0, 1, 2, 3, 11, 100}) {
                assertThat(new MessageFormat(text, Locale.ENGLISH).format(new Object[] {number, number}))
                        .doesNotContain("{", "}", "|", "#");
            }
        });
    }

    /** Strict UTF-8. */
    private static Properties texts(String language) throws IOException {
        Properties all = new Properties();
        all.load(new StringReader(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(
                        Files.readAllBytes(RESOURCES.resolve("messages/messages_" + language + ".properties"))))
                .toString()));
        Properties texts = new Properties();
        texts.putAll(all.entrySet().stream()
                .filter(text -> text.getKey().toString().startsWith("clinicLogin"))
                .collect(Collectors.toMap(
                        text -> text.getKey().toString(),
                        text -> text.getValue().toString())));
        return texts;
    }
}

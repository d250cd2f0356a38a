package io.github.clinicsessions.mail;

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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of mails: in every language those that templates and classes name, and no other. */
class MailMessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources/theme-resources");
    private static final Path SOURCES = Path.of("src/main/java/io/github/clinicsessions/mail");
    private static final Pattern KEY = Pattern.compile("\"(clinicMail[A-Z]\\w*)\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void areThoseThatAreUsed(String language) throws IOException {
        assertThat(new TreeSet<>(texts(language).stringPropertyNames())).isEqualTo(used());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void areFormatted(String language) throws IOException {
        Properties texts = texts(language);
        assertThat(texts.stringPropertyNames()).allSatisfy(key -> {
            String text = texts.getProperty(key);
            assertThat(text)
                    .isNotBlank()
                    .as("MessageFormat swallows straight apostrophes")
                    .doesNotContain("'");
            assertThat(new MessageFormat(text, Locale.ENGLISH).format(new Object[] {"X"}))
                    .doesNotContain("{", "}");
        });
    }

    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path folder : List.of(SOURCES, RESOURCES.resolve("templates/text"), RESOURCES.resolve("templates/html"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    KEY.matcher(Files.readString(file)).results().forEach(match -> used.add(match.group(1)));
                }
            }
        }
        return used;
    }

    /** Strict UTF-8. */
    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        texts.load(new StringReader(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(
                        Files.readAllBytes(RESOURCES.resolve("messages/messages_" + language + ".properties"))))
                .toString()));
        texts.keySet().removeIf(key -> !key.toString().startsWith("clinicMail"));
        return texts;
    }
}

package io.github.clinicsessions.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

/** The texts of the Admin Console's tab: each in every language, and all that the form names. */
class TabMessagesTest {

    private static final Set<String> ERRORS = Set.of(
            "clinicSessionsNumber",
            "clinicSessionsFlag",
            "clinicSessionsText",
            "clinicSessionsRoles",
            "clinicSessionsReasonMissing",
            "clinicSessionsUnknownRole",
            "clinicSessionsChoice",
            "clinicSessionsCodes",
            "clinicSessionsOff");

    private static final Pattern OF_OTHER_PAGES =
            Pattern.compile("clinicLogin.*|clinicMail.*|clinicDeviceLabel|clinicSignInReported");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void areTheSameInEveryLanguage(String language) throws IOException {
        Set<String> wanted = new TreeSet<>(ERRORS);
        wanted.add(SettingsTabFactory.ID);
        for (ProviderConfigProperty field : SettingsForm.fields()) {
            wanted.add(field.getLabel());
            wanted.add(field.getHelpText());
        }
        Properties messages = messages(language);
        messages.keySet().removeIf(key -> OF_OTHER_PAGES.matcher(key.toString()).matches());

        assertThat(new TreeSet<>(messages.stringPropertyNames())).isEqualTo(wanted);
        assertThat(messages.values())
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
        for (String error : ERRORS) {
            assertThat(messages.getProperty(error)).doesNotContain("'");
        }
        assertThat(new MessageFormat(messages.getProperty("clinicSessionsNumber"), Locale.ROOT)
                        .format(new Object[] {"Field", "1", "240"}))
                .contains("Field", "1", "240");
    }

    /** Strict UTF-8. */
    private static Properties messages(String language) throws IOException {
        Path file = Path.of("src/main/resources/theme-resources/messages/messages_" + language + ".properties");
        Properties messages = new Properties();
        messages.load(new StringReader(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString()));
        return messages;
    }
}

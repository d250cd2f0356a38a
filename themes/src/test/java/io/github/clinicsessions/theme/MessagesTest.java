package io.github.clinicsessions.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final Path ENGLISH = ThemeFiles.MESSAGES.resolve("messages_en.properties");
    private static final Pattern QUOTED_KEY = Pattern.compile("[\"'](clinic[A-Z]\\w*)[\"']");
    private static final Pattern LABEL = Pattern.compile("\"label\": \"(\\w+)\"");

    /** Keys whose names the Java side hands to a template, or reads itself. */
    private static final Set<String> FROM_JAVA = Set.of(
            "clinicNoticeEnded",
            "clinicNoticeEndedUnknown",
            "clinicNoticeAlreadyEnded",
            "clinicNoticeOthersEnded",
            "clinicNoticeReceipt",
            "clinicNoticeHidden",
            "clinicNoticeShown",
            "clinicNoticeNamed",
            "clinicNoticeUnnamed",
            "clinicNoticeForgotten",
            "clinicNoticeForgottenUnknown",
            "clinicNoticeReported",
            "clinicNoticeReportedPassword",
            "clinicNoticeReportedElsewhere",
            "clinicNoticeReportedAdministration",
            "clinicNoticeNotStored",
            "clinicNoticeSaved",
            "clinicNoticeNothingToSave",
            "clinicNoticeAllEnded",
            "clinicNoticeOffboarded",
            "clinicNoticeLeft",
            "clinicErrorOffboardSelfTitle",
            "clinicErrorOffboardSelfText",
            "clinicErrorOffboardOwnerTitle",
            "clinicErrorOffboardOwnerText",
            "clinicErrorReadOnlyDirectoryTitle",
            "clinicErrorReadOnlyDirectoryText",
            "clinicErrorForbiddenTitle",
            "clinicErrorForbiddenText",
            "clinicErrorNotSignedInTitle",
            "clinicErrorNotSignedInText",
            "clinicErrorNotRecentTitle",
            "clinicErrorNotRecentText",
            "clinicErrorNoRightTitle",
            "clinicErrorNoRightText",
            "clinicErrorNotFoundTitle",
            "clinicErrorNotFoundText",
            "clinicErrorUnexpectedTitle",
            "clinicErrorUnexpectedText");

    static List<Path> bundles() {
        return ThemeFiles.bundles();
    }

    @Test
    void speaksEnglishGermanAndArabic() {
        assertThat(bundles())
                .extracting(file -> file.getFileName().toString())
                .contains("messages_ar.properties", "messages_de.properties", "messages_en.properties");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void isStrictUtf8(Path bundle) {
        assertThatCode(() -> ThemeFiles.text(bundle)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void hasTheSameKeysInTheSameOrderAsEnglish(Path bundle) {
        assertThat(ThemeFiles.keys(bundle)).doesNotHaveDuplicates().isEqualTo(ThemeFiles.keys(ENGLISH));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void hasOwnKeysWithATextEach(Path bundle) {
        Properties messages = ThemeFiles.properties(bundle);
        assertThat(messages.stringPropertyNames()).allSatisfy(key -> {
            assertThat(key).matches("clinic[A-Z]\\w*");
            assertThat(messages.getProperty(key)).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void hasTypographicApostrophesOnly(Path bundle) {
        Properties messages = ThemeFiles.properties(bundle);
        assertThat(messages.stringPropertyNames())
                .as("MessageFormat swallows straight apostrophes and what they enclose")
                .allSatisfy(key -> assertThat(messages.getProperty(key)).doesNotContain("'"));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void isParsedByMessageFormatAndTakesTheArgumentsOfEnglish(Path bundle) {
        Properties messages = ThemeFiles.properties(bundle);
        Properties english = ThemeFiles.properties(ENGLISH);
        assertThat(messages.stringPropertyNames())
                .allSatisfy(key -> assertThat(arguments(messages.getProperty(key)))
                        .as(key)
                        .isEqualTo(arguments(english.getProperty(key))));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void countsFromOneWithoutLeavingThePatternVisible(Path bundle) {
        Properties messages = ThemeFiles.properties(bundle);
        assertThat(messages.stringPropertyNames()).allSatisfy(key -> {
            for (int count : new int[] {0, 1, 2, 3, 10, 11, 99, 1000}) {
                assertThat(new MessageFormat(messages.getProperty(key), Locale.ENGLISH)
                                .format(new Object[] {count, "x", "y"}))
                        .doesNotContain("{", "}", "|", "#");
            }
        });
    }

    @Test
    void hasEveryKeyThatIsUsedAndNoOther() {
        Set<String> used = new TreeSet<>(FROM_JAVA);
        ThemeFiles.templates().forEach(template -> used.addAll(keysIn(QUOTED_KEY, ThemeFiles.text(template))));
        used.addAll(navigationLabels().filter(MessagesTest::isOurs).toList());
        assertThat(new TreeSet<>(ThemeFiles.keys(ENGLISH))).isEqualTo(used);
    }

    private static Stream<String> navigationLabels() {
        return keysIn(LABEL, ThemeFiles.text(ThemeFiles.ACCOUNT.resolve("resources/content.json"))).stream();
    }

    private static boolean isOurs(String key) {
        return key.startsWith("clinic");
    }

    private static Set<String> keysIn(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    /** Whether {0}, {1}, … are used, those inside a choice included. */
    private static List<Boolean> arguments(String pattern) {
        Format[] formats = new MessageFormat(pattern, Locale.ENGLISH).getFormatsByArgumentIndex();
        return Stream.iterate(0, index -> index + 1)
                .limit(formats.length)
                .map(index -> pattern.contains("{" + index))
                .toList();
    }
}

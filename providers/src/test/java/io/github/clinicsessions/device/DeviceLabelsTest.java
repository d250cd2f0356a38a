package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceLabelsTest {

    private static final String CLIENT = "clinic-app";

    private static final String CHROME_ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

    @ParameterizedTest(name = "{0}: {6}")
    @CsvFileSource(resources = "user-agents.psv", delimiter = '|', quoteCharacter = '`', nullValues = "-")
    void namesTheBrowsersOfToday(
            @Nullable String label,
            Device.Type type,
            @Nullable String brands,
            @Nullable String mobile,
            @Nullable String platform,
            @Nullable String platformVersion,
            String userAgent) {
        Hints hints = Hints.of(brands, mobile, platform, platformVersion);

        Device device = DeviceLabels.of(userAgent, hints, CLIENT);

        assertThat(device.label()).isEqualTo(label);
        assertThat(device.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t"})
    void withoutAUserAgentNothingIsKnown(@Nullable String userAgent) {
        assertThat(DeviceLabels.of(userAgent, Hints.NONE, CLIENT)).isEqualTo(Device.UNKNOWN);
    }

    @Test
    void nothingAfter512CharactersCounts() {
        String begun = "Mozilla/5.0 ";
        String padding = "x".repeat(UserAgent.LONGEST - begun.length() - 1) + " ";

        assertThat(DeviceLabels.of(begun + padding + "Firefox/143.0", Hints.NONE, CLIENT))
                .isEqualTo(Device.UNKNOWN);
        assertThat(DeviceLabels.of(begun + padding.substring(8) + "Firefox/143.0", Hints.NONE, CLIENT)
                        .browser())
                .isEqualTo("Firefox");
    }

    /** "Android" that goes on after the cap could be anything. */
    @Test
    void aWordThatTheCapCutsIsNone() {
        String begun = "Mozilla/5.0 ";
        String padding = "x".repeat(UserAgent.LONGEST - begun.length() - 1 - "Android".length()) + " ";

        assertThat(DeviceLabels.of(begun + padding + "Androidish", Hints.NONE, CLIENT))
                .isEqualTo(Device.UNKNOWN);
        assertThat(DeviceLabels.of(begun + padding + "Android", Hints.NONE, CLIENT)
                        .os())
                .isEqualTo("Android");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>app</b>", "a\u202eb", "${x}", "a\nb", "a;b", ""})
    void aClientIdThatIsNotHarmlessIsLeftOut(String clientId) {
        assertThat(DeviceLabels.of("okhttp/4.12.0 (Android 14)", Hints.NONE, clientId))
                .isEqualTo(new Device(null, "Android", Device.Type.APP));
    }

    @Test
    void aLongClientIdIsCut() {
        assertThat(DeviceLabels.of("okhttp/4.12.0", Hints.NONE, "https://sp.clinic.example/" + "x".repeat(200))
                        .browser())
                .isEqualTo("https://sp.clinic.example/" + "x".repeat(34));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"",
                "\\",
                "\"\\\"",
                "Brave",
                "\"Brave",
                ",,,;;;",
                "\"brave\";v=\"1\"",
                "\"<b>\";v=\"1\"",
                "\u0000"
            })
    void brokenBrandsAreNone(String brands) {
        Hints hints = Hints.of(brands, "?0", "\"Windows\"", "\"x\"");

        assertThat(DeviceLabels.of(CHROME_ON_WINDOWS, hints, CLIENT).label()).isEqualTo("Chrome on Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"13\"", "\"13.0.0\"", "\"9999.0\""})
    void windows11(String version) {
        assertThat(DeviceLabels.of(CHROME_ON_WINDOWS, Hints.of(null, null, "\"Windows\"", version), CLIENT)
                        .os())
                .isEqualTo("Windows 11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"12.9\"",
                "\"0.3\"",
                "\"13x\"",
                "\"99999999999\"",
                "\"-13\"",
                "13",
                "\" 13\"",
                "\"1e9\""
            })
    void notWindows11(String version) {
        assertThat(DeviceLabels.of(CHROME_ON_WINDOWS, Hints.of(null, null, "\"Windows\"", version), CLIENT)
                        .os())
                .isEqualTo("Windows");
    }

    /** Half a millisecond each, where a hundredth is usual: only what goes over the text again and again needs more. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a ", "(", "Chrome/", "Mozilla/5.0 (", "Linux; ", ";;;;Android", "Edg/Edg/1 ", "\u0130\u0131"})
    void aLongUserAgentDoesNotCostMore(String repeated) {
        String hostile = "Mozilla/5.0 " + repeated.repeat(100_000);

        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 10_000; i++) {
                DeviceLabels.of(hostile, Hints.of(hostile, hostile, hostile, hostile), CLIENT);
            }
        });
    }

    @Property
    void isHarmlessWhateverComes(
            @ForAll("headers") @Nullable String userAgent,
            @ForAll("headers") @Nullable String brands,
            @ForAll("headers") @Nullable String platform,
            @ForAll("headers") @Nullable String version,
            @ForAll("headers") @Nullable String clientId) {
        Device device = DeviceLabels.of(userAgent, Hints.of(brands, "?1", platform, version), clientId);

        LabelRules.assertHold(device, clientId);
    }

    /** Words that the tables know, in any order, among anything else. */
    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> known = Arbitraries.of(
                "Mozilla/5.0",
                "AppleWebKit/537.36",
                "Chrome/141.0",
                "Safari/1",
                "Version/4.0",
                "Mobile",
                "(Linux; Android 10; K)",
                "(Windows NT 10.0)",
                "(Macintosh)",
                "iPhone",
                "CriOS/1",
                "Edg/1",
                "wv",
                "Electron/1",
                "\"Windows\"",
                "\"13.0\"",
                "\"Brave\";v=\"1\"",
                "Opera Mini/1",
                "FBAN/x",
                "HarmonyOS",
                "Tablet",
                "TV");
        Arbitrary<String> words = known.list().ofMaxSize(12).map(list -> String.join(" ", list));
        return Arbitraries.oneOf(List.of(words, Arbitraries.strings().ofMaxLength(700), known))
                .injectNull(0.05);
    }
}

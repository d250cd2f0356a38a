package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attributes say about idle time, whoever wrote them. */
class IdleSettingsTest {

    private static final String MINUTES = "clinicSessions.idleTimeoutMinutes";

    @ParameterizedTest
    @CsvSource({"1, 1", "240, 240", "' 15 ', 15", "0, 1", "-5, 1", "241, 240", "99999999999, 240"})
    void aNumberIsBroughtWithinBounds(String text, int minutes) {
        var settings = IdleSettings.ofAttributes("test", Map.of(MINUTES, text, MINUTES + ".role.nurse", text));

        assertThat(settings.minutes()).hasValue(minutes);
        assertThat(settings.roleMinutes()).isEqualTo(Map.of("nurse", minutes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "abc", "15.0", "1e1", "0x10", "15 minutes", "99999999999999999999", "\u0000", "<b>"})
    void whatIsNoNumberCountsAsAbsent(String text) {
        var settings = IdleSettings.ofAttributes("test", Map.of(MINUTES, text, MINUTES + ".role.nurse", text));

        assertThat(settings.minutes()).isEmpty();
        assertThat(settings.roleMinutes()).isEmpty();
    }

    @Test
    void whatFollowsThePrefixIsTheRole() {
        var settings = IdleSettings.ofAttributes(
                "test",
                Map.of(
                        MINUTES + ".role.front-desk",
                        "5",
                        MINUTES + ".role.a.role.b",
                        "6",
                        MINUTES + ".role. <i>",
                        "7",
                        MINUTES + ".role.",
                        "8",
                        MINUTES + ".role",
                        "9",
                        MINUTES + "x",
                        "10",
                        "clinicSessions.idleTimeoutReason",
                        "11"));

        assertThat(settings.minutes()).isEmpty();
        assertThat(settings.roleMinutes()).isEqualTo(Map.of(" <i>", 7, "a.role.b", 6, "front-desk", 5));
        assertThat(settings.roleMinutes().keySet()).containsExactly(" <i>", "a.role.b", "front-desk");
    }

    @Property
    void nothingThatIsStoredIsWorseThanTheBounds(@ForAll String text, @ForAll String role) {
        var settings = IdleSettings.ofAttributes("test", Map.of(MINUTES, text, MINUTES + ".role." + role, text));

        settings.minutes().ifPresent(minutes -> assertThat(minutes).isBetween(1, 240));
        assertThat(settings.roleMinutes().values()).allMatch(minutes -> minutes >= 1 && minutes <= 240);
    }

    /** Names are whatever administrators like, also what the text is made of. */
    @Property
    void itsTextDiffersWhereItDoes(@ForAll Map<String, Byte> one, @ForAll Map<String, Byte> other) {
        assertThat(settings(one).text().equals(settings(other).text()))
                .isEqualTo(settings(one).equals(settings(other)));
    }

    private static IdleSettings settings(Map<String, Byte> roles) {
        Map<String, String> attributes = new HashMap<>();
        roles.forEach((role, minutes) -> attributes.put(MINUTES + ".role." + role, minutes.toString()));
        return IdleSettings.ofAttributes("test", attributes);
    }
}

package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.device.KnownDevice;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device can be called. */
class DeviceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Front desk 2", "Empfang „West“", "استقبال 2", "<b>", "👩\u200D⚕️ tablet", "7"})
    void isAnyOneLineThatSomebodySees(String name) {
        assertThat(DeviceName.parse(" " + name + " ")).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\u200B\u200D",
                "a\nb",
                "a\u0000",
                "\u202Ename",
                "\u2066name",
                "\uD800",
                "\u2028"
            })
    void isNothingElse(String name) {
        assertThat(DeviceName.parse(name)).isEmpty();
    }

    @Test
    void hasSixtyCharactersAtTheMost() {
        assertThat(DeviceName.parse("x".repeat(60))).isPresent();
        assertThat(DeviceName.parse("x".repeat(61))).isEmpty();
        assertThat(DeviceName.parse(null)).isEmpty();
    }

    @Property
    void fitsAndIsTheSameWhenItIsSentAgain(@ForAll String sent) {
        DeviceName.parse(sent).ifPresent(name -> {
            assertThat(name.length()).isBetween(1, KnownDevice.LONGEST_NAME);
            assertThat(DeviceName.parse(name)).contains(name);
        });
    }
}

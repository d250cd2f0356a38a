package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SettingKeyTest {

    @Property
    void aNumberIsTakenWithinItsBoundsOnly(@ForAll SettingKey key, @ForAll @IntRange(min = -500, max = 500) int sent) {
        boolean within = key.isNumber() && sent >= key.least() && sent <= key.most();

        assertThat(key.parse(sent).isPresent()).isEqualTo(within);
        assertThat(key.parse((long) sent)).isEqualTo(key.parse(sent));
        if (within) {
            assertThat(key.parse(sent)).contains(sent);
            assertThat(key.parse(" " + sent + "\t")).contains(sent);
        }
    }

    @Property
    void noLongWrapsAround(@ForAll SettingKey key, @ForAll long sent) {
        assertThat(key.parse(sent).isPresent()).isEqualTo(key.isNumber() && sent >= key.least() && sent <= key.most());
    }

    @Property
    void whateverTextGivesWhatTheKeyIsMadeOf(@ForAll SettingKey key, @ForAll String text) {
        key.parse(text).ifPresent(value -> {
            if (key.isNumber()) {
                assertThat((Integer) value).isBetween(key.least(), key.most());
            } else {
                assertThat(value.toString()).isEqualTo(text.strip().toLowerCase(Locale.ROOT));
            }
        });
    }

    @Property
    void yesOrNoIsNoNumber(@ForAll SettingKey key, @ForAll boolean sent) {
        assertThat(key.parse(sent).isPresent()).isEqualTo(!key.isNumber());
        assertThat(key.parse(" " + sent).isPresent()).isEqualTo(!key.isNumber());
    }

    @Test
    void nothingElseIsTaken() {
        for (SettingKey key : SettingKey.values()) {
            for (Object sent : List.of(
                    "",
                    " ",
                    "٣٠",
                    "1e1",
                    "30.0",
                    "+30",
                    "-30",
                    "0x1e",
                    "30 31",
                    30.0,
                    30.5f,
                    "yes",
                    "1000000000000",
                    List.of(30))) {
                assertThat(key.parse(sent)).as(key + " " + sent).isEmpty();
            }
            assertThat(key.parse(null)).isEmpty();
        }
    }

    @Test
    void theTimeoutHasTheBoundsOfTheHelpPage() {
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.bound()).isEqualTo("must be a whole number from 1 to 240");
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(1)).contains(1);
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(240)).contains(240);
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(0)).isEmpty();
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(241)).isEmpty();
    }

    @Property
    void namesAreTakenAsTheyAre(@ForAll SettingKey key, @ForAll String other) {
        assertThat(SettingKey.named(key.json())).contains(key);
        assertThat(SettingKey.named(key.json() + "x")).isEmpty();
        assertThat(SettingKey.named(other).map(SettingKey::json).orElse(other)).isEqualTo(other);
    }
}

package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An organization's own word counts; what cannot be read counts as none. */
class OptOutsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "true,   false, true",
                "false,  true,  false",
                "' TRUE ', false, true",
                "False,  true,  false",
                "absent, true,  true",
                "absent, false, false",
                "'',     true,  true",
                "nein,   true,  true",
                "0,      false, false"
            })
    void theOwnSettingIfItCanBeRead(@Nullable String own, boolean realm, boolean allowed) {
        assertThat(OptOuts.allows(own, realm)).isEqualTo(allowed);
    }
}

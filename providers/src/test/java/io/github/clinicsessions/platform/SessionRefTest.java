package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRefTest {

    @Test
    void isSha256InHexadecimal() {
        assertThat(SessionRef.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RsmkRHW0SQPfcVhV2W2GQOL6", "5f12d999-9741-4dba-b5eb-8578ff000303", "YyV-9Y6m9q_sZ9TB", "a"})
    void takesKeycloaksIds(String id) {
        assertThat(SessionRef.isWellFormedId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "<a>", "a\n", "é", "'--"})
    void refusesWhatCannotBeAnId(String id) {
        assertThat(SessionRef.isWellFormedId(id)).isFalse();
    }

    @Test
    void refusesMoreThan64Characters() {
        assertThat(SessionRef.isWellFormedId("a".repeat(64))).isTrue();
        assertThat(SessionRef.isWellFormedId("a".repeat(65))).isFalse();
    }
}

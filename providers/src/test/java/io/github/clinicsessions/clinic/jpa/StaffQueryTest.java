package io.github.clinicsessions.clinic.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaffQueryTest {

    @Test
    void wordsAreInSmallLettersAndOnce() {
        assertThat(StaffQuery.words(" Dora\tDOCTOR  dora ")).containsExactly("dora", "doctor");
        assertThat(StaffQuery.words("ÜNAL")).containsExactly("ünal");
    }

    @Test
    void noCharacterIsSpecialButThoseThatNobodySees() {
        assertThat(StaffQuery.words("a%_\\\"'*b")).containsExactly("a%_\\\"'*b");
        assertThat(StaffQuery.words("a\u0000b\u007f")).containsExactly("a", "b");
    }

    @Test
    void blankIsNoWord() {
        assertThat(StaffQuery.words("")).isEmpty();
        assertThat(StaffQuery.words(" \n\t ")).isEmpty();
    }
}

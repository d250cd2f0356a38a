package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedRulesTest {

    private final ChangedRules changed = new ChangedRules();

    @Test
    void oneLookIsForAllThatWait() {
        assertThat(changed.add("realm", "one")).isTrue();
        assertThat(changed.add("realm", "other")).isFalse();
        assertThat(changed.add("another realm", null)).isFalse();

        assertThat(changed.take())
                .hasSize(2)
                .hasEntrySatisfying("realm", persons -> assertThat(persons).containsExactlyInAnyOrder("one", "other"))
                .hasEntrySatisfying(
                        "another realm", persons -> assertThat(persons).isEmpty());
        assertThat(changed.add("realm", "one")).as("the next look").isTrue();
    }

    @Test
    void soManyAreEverybody() {
        IntStream.rangeClosed(0, ChangedRules.PERSONS_AT_MOST).forEach(i -> changed.add("realm", "person-" + i));
        changed.add("realm", "one more");

        assertThat(changed.take().get("realm")).isEmpty();
    }
}

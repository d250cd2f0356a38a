package io.github.clinicsessions.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting of several parts as a text. */
class JsonFieldTest {

    @Property
    void isReadAsItWasWritten(@ForAll Map<String, Integer> value) {
        assertThat(JsonField.parse(JsonField.text(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "5", "{", "{\"a\":1,\"a\":2}", "{\"a\":1} x", "null"})
    void anythingElseIsNothing(String text) {
        assertThat(JsonField.parse(text)).isNull();
    }
}

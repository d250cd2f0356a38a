package io.github.clinicsessions.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    @Test
    void isAsDocumented() {
        byte[] bytes =
                new Canonical().add("ab").add(null).add("").add(17).add("ü").toBytes();

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("2:ab-0:2:172:ü");
    }

    @Property
    void differentFieldsAreDifferentBytes(@ForAll("fields") List<String> one, @ForAll("fields") List<String> other) {
        assertThat(Arrays.equals(encode(one), encode(other))).isEqualTo(one.equals(other));
    }

    @Property
    void whatMovesFromOneFieldToTheNextIsSeen(@ForAll("text") String left, @ForAll("text") String right) {
        assertThat(encode(List.of(left + right, ""))).isNotEqualTo(encode(List.of("", left + right + "x")));
        assertThat(Arrays.equals(encode(List.of(left, right)), encode(List.of(left + right, ""))))
                .isEqualTo(right.isEmpty());
    }

    /** The characters of the format itself above all. */
    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars("0123456789:-ü\u20ac").ofMaxLength(6);
    }

    @Provide
    Arbitrary<List<@Nullable String>> fields() {
        return text().injectNull(0.2).list().ofMaxSize(4);
    }

    private static byte[] encode(List<@Nullable String> fields) {
        Canonical canonical = new Canonical();
        fields.forEach(canonical::add);
        return canonical.toBytes();
    }
}

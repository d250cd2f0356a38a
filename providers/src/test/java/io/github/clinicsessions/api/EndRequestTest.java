package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndRequestTest {

    @Test
    void takesTheTwoScopes() {
        assertThat(EndRequest.parse("{\"scope\":\"others\"}")).isEqualTo(EndRequest.OTHERS);
        assertThat(EndRequest.parse(" {\"scope\" : \"all\"} ")).isEqualTo(EndRequest.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|scope",
                "{\"scope\":\"mine\"}|scope",
                "{\"scope\":\"ALL\"}|scope",
                "{\"scope\":null}|scope",
                "{\"scope\":[\"all\"]}|scope",
                "{\"scope\":\"all\",\"user\":\"x\"}|user",
                "[]|body",
                "\"all\"|body",
                "``|body",
                "{\"scope\":\"all\"|body",
                "null|body"
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EndRequest.parse(body))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().errors())
                            .extracting(Problem.FieldError::field)
                            .containsExactly(field);
                });
    }

    @Test
    void namesTheBoundOfTheBody() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EndRequest.parse(" ".repeat(1001)))
                .satisfies(e -> assertThat(e.problem().errors())
                        .extracting(Problem.FieldError::field, Problem.FieldError::message)
                        .containsExactly(tuple("body", "must not be longer than 1000 characters")));
    }

    @Property
    void neverAnswersGarbageWithAnythingButAProblem(@ForAll String body) {
        try {
            EndRequest.parse(body);
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            return;
        }
        assertThat(body).contains("scope");
    }
}

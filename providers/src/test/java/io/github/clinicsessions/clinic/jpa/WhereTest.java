package io.github.clinicsessions.clinic.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhereTest {

    @Test
    void conditionsAreJoinedAndValuesStayOutside() {
        Where where = new Where();
        where.and("a = " + where.parameter("' or 1 = 1"));
        where.and(where.in("b", List.of("x", "y")));

        assertThat(where).hasToString(" where a = :p0 and (b in (:p1))");
    }

    @Test
    void longListsAreParted() {
        Where where = new Where();
        where.and(where.in(
                "a", IntStream.range(0, 1_001).mapToObj(String::valueOf).toList()));

        assertThat(where).hasToString(" where (a in (:p0) or a in (:p1) or a in (:p2))");
    }

    @Test
    void amongNothingIsNothing() {
        assertThat(new Where().in("a", List.of())).isEqualTo("1 = 0");
        assertThat(new Where()).hasToString("");
    }
}

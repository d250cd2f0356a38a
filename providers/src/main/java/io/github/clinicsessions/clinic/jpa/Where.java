package io.github.clinicsessions.clinic.jpa;

import io.github.clinicsessions.platform.InPages;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions of a query, joined by and, with their parameters. Values never become part of the text. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /** A condition in JPQL; parameters in it by {@link #parameter} or {@link #in}. */
    void and(String condition) {
        conditions.add(condition);
    }

    /** The name of a new parameter, with its colon. */
    String parameter(Object value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    /** That the expression is one of the values, however many there are; never true of none. */
    String in(String expression, Collection<String> values) {
        return values.isEmpty()
                ? "1 = 0"
                : InPages.of(values)
                        .map(page -> expression + " in (" + parameter(page) + ")")
                        .collect(Collectors.joining(" or ", "(", ")"));
    }

    @Override
    public String toString() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    <Q extends Query> Q fill(Q query) {
        parameters.forEach(query::setParameter);
        return query;
    }
}

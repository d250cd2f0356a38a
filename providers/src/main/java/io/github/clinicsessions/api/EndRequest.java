package io.github.clinicsessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which sessions to end: the body of {@code POST …/end}. */
enum EndRequest {
    OTHERS,
    ALL;

    /** Longest body, in characters. */
    static final int MAX_LENGTH = 1000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FIELD = "scope";

    /** @throws ProblemException 400 for anything but <code>{"scope":"others"}</code> or <code>{"scope":"all"}</code> */
    static EndRequest parse(String body) {
        return parse(body, EnumSet.allOf(EndRequest.class));
    }

    /** @throws ProblemException 400 for anything but an object with one of these scopes */
    static EndRequest parse(String body, Set<EndRequest> possible) {
        JsonNode json = JsonBody.read(MAPPER, body, MAX_LENGTH);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(FIELD)) {
                throw bad(name, "is not known; " + FIELD + " is");
            }
        }
        JsonNode scope = json.get(FIELD);
        return possible.stream()
                .filter(one -> scope != null && scope.isTextual() && one.json().equals(scope.textValue()))
                .findFirst()
                .orElseThrow(() -> bad(
                        FIELD,
                        "must be "
                                + possible.stream()
                                        .map(one -> "\"" + one.json() + "\"")
                                        .collect(Collectors.joining(" or "))));
    }

    private String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ProblemException bad(String field, String message) {
        return new ProblemException(Problem.badField(field, message));
    }
}

package io.github.clinicsessions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;

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
        if (body.length() > MAX_LENGTH) {
            throw bad("body", "must not be longer than " + MAX_LENGTH + " characters");
        }
        JsonNode json = read(body);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(FIELD)) {
                throw bad(name, "is not known; " + FIELD + " is");
            }
        }
        JsonNode scope = json.get(FIELD);
        if (scope != null && scope.isTextual()) {
            switch (scope.textValue()) {
                case "others" -> {
                    return OTHERS;
                }
                case "all" -> {
                    return ALL;
                }
                default -> {
                    // refused below
                }
            }
        }
        throw bad(FIELD, "must be \"others\" or \"all\"");
    }

    private static JsonNode read(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // refused below: the parser's words may quote the input at length
        }
        throw bad("body", "must be a JSON object");
    }

    private static ProblemException bad(String field, String message) {
        return new ProblemException(Problem.badField(field, message));
    }
}

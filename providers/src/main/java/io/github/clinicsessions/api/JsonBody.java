package io.github.clinicsessions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the JSON object that a call carries. */
final class JsonBody {

    private static final String FIELD = "body";

    private JsonBody() {}

    /** @throws ProblemException 400 for anything that is longer, or no JSON object */
    static JsonNode read(ObjectMapper mapper, String body, int maxLength) {
        if (body.length() > maxLength) {
            throw bad("must not be longer than " + maxLength + " characters");
        }
        try {
            JsonNode json = mapper.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // refused below: the parser's words may quote the input at length
        }
        throw bad("must be a JSON object");
    }

    private static ProblemException bad(String message) {
        return new ProblemException(Problem.badField(FIELD, message));
    }
}

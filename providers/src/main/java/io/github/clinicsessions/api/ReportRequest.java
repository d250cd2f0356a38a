package io.github.clinicsessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;

/** Whether all other sessions are to end too: the body of {@code POST …/report}. */
final class ReportRequest {

    private static final int MAX_LENGTH = 1000;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FIELD = "endOthers";

    private ReportRequest() {}

    /**
     * False for an empty body, and an object without the field.
     *
     * @throws ProblemException 400 for anything but <code>{"endOthers":true}</code> or <code>false</code> besides
     */
    static boolean parse(String body) {
        if (body.isBlank()) {
            return false;
        }
        JsonNode json = JsonBody.read(MAPPER, body, MAX_LENGTH);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(FIELD)) {
                throw new ProblemException(Problem.badField(name, "is not known; " + FIELD + " is"));
            }
        }
        JsonNode others = json.get(FIELD);
        if (others != null && !others.isBoolean()) {
            throw new ProblemException(Problem.badField(FIELD, "must be true or false"));
        }
        return others != null && others.booleanValue();
    }
}

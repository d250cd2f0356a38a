package io.github.clinicsessions.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.clinicsessions.admin.PreflightRepresentation.ChangeRepresentation;
import io.github.clinicsessions.bounds.Bound;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The answer of preflight is what {@code docs/openapi.yaml} says. */
class PreflightRepresentationTest {

    @Test
    void hasTheFieldsOfTheDocument() throws IOException {
        JsonNode schemas = new YAMLMapper()
                .readTree(Files.readString(Path.of("..", "docs", "openapi.yaml")))
                .at("/components/schemas");

        assertThat(fields(schemas.at("/Preflight/properties"))).isEqualTo(components(PreflightRepresentation.class));
        JsonNode change = schemas.at("/Preflight/properties/changes/items");
        assertThat(fields(change.path("properties"))).isEqualTo(components(ChangeRepresentation.class));
        assertThat(change.at("/properties/where/enum").toString())
                .isEqualTo("[\"" + ChangeRepresentation.REALM + "\",\"" + ChangeRepresentation.CLIENT + "\"]");
    }

    @Test
    void hasTheUnitsOfTheDocument() throws IOException {
        assertThat(new YAMLMapper()
                        .readTree(Files.readString(Path.of("..", "docs", "openapi.yaml")))
                        .at("/components/schemas/Preflight/properties/changes/items/properties/unit/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Stream.of(Bound.Unit.values()).map(Bound.Unit::text).toList());
    }

    @Test
    void anAbsentClientIsNull() throws IOException {
        PreflightRepresentation answer = new PreflightRepresentation(
                List.of(new ChangeRepresentation("realm", null, "accessTokenLifespan", "600", "120", "seconds")), 0);

        ObjectMapper likeKeycloaks = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        assertThat(likeKeycloaks.writeValueAsString(answer))
                .isEqualTo("{\"changes\":[{\"where\":\"realm\",\"client\":null,\"setting\":\"accessTokenLifespan\","
                        + "\"now\":\"600\",\"then\":\"120\",\"unit\":\"seconds\"}],\"sessionsThatWouldEnd\":0}");
    }

    private static List<String> fields(JsonNode properties) {
        return properties.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}

package io.github.clinicsessions.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.clinicsessions.admin.LedgerVerificationRepresentation.ProblemRepresentation;
import io.github.clinicsessions.audit.chain.Finding;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} and {@code docs/ledger.md} say what a check of the ledger answers. */
class LedgerDocumentTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void hasTheFieldsOfTheCode() throws IOException {
        assertFields("LedgerVerification", LedgerVerificationRepresentation.class);
        assertFields("LedgerProblem", ProblemRepresentation.class);
    }

    @Test
    void hasTheKindsOfTheCode() throws IOException {
        List<String> kinds = Arrays.stream(Finding.Kind.values())
                .map(ProblemRepresentation::name)
                .toList();

        assertThat(texts(schema("LedgerProblem").at("/properties/kind/enum")))
                .containsExactlyInAnyOrderElementsOf(kinds);
        String document = Files.readString(DOCS.resolve("ledger.md"));
        assertThat(kinds).allSatisfy(kind -> assertThat(document).contains("`" + kind + "`"));
    }

    private static void assertFields(String name, Class<? extends Record> type) throws IOException {
        List<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        JsonNode schema = schema(name);
        assertThat(schema.path("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(components);
        assertThat(texts(schema.path("required"))).containsExactlyElementsOf(components);
    }

    private static JsonNode schema(String name) throws IOException {
        return new YAMLMapper()
                .readTree(Files.readString(DOCS.resolve("openapi.yaml")))
                .path("components")
                .path("schemas")
                .path(name);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}

package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.clinicsessions.admin.ClinicSessionsAdminResource;
import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind;
import io.github.clinicsessions.device.ArrivalPolicy;
import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.feed.EndedFeed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The document says what the code does: the same calls, the same fields, the same names. */
class OpenApiTest {

    private final JsonNode document = read();

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @Test
    void hasTheCallsOfTheCode() {
        Set<String> inCode = new TreeSet<>();
        collect(ClinicSessionsResource.class, "", inCode);

        assertThat(calls(path -> !path.has("servers"))).isEqualTo(inCode).isNotEmpty();
    }

    /** The calls of administrators lie at another address, which their paths name. */
    @Test
    void hasTheCallsOfAdministrators() {
        Set<String> inCode = new TreeSet<>();
        collect(ClinicSessionsAdminResource.class, "", inCode);

        assertThat(calls(path ->
                        path.at("/servers/0/url").asText().equals("{keycloak}/admin/realms/{realm}/clinic-sessions")))
                .isEqualTo(inCode)
                .isNotEmpty();
    }

    private Set<String> calls(Predicate<JsonNode> which) {
        Set<String> calls = new TreeSet<>();
        document.path("paths").properties().stream()
                .filter(path -> which.test(path.getValue()))
                .forEach(path -> path.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(METHODS::contains)
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return calls;
    }

    @Test
    void hasTheFieldsOfTheCode() {
        assertFields("Session", SessionRepresentation.class);
        assertFields("Device", SessionRepresentation.DeviceRepresentation.class);
        assertFields("KnownDevice", KnownDeviceRepresentation.class);
        assertFields("Country", SessionRepresentation.CountryRepresentation.class);
        assertFields("Client", SessionRepresentation.ClientRepresentation.class);
        assertFields("StaffMember", StaffRepresentation.class);
        assertFields("SeenSessions", OverseenRepresentation.Seen.class);
        assertFields("CountedSessions", OverseenRepresentation.Counted.class);
        assertFields("AuditRow", AuditRepresentation.class);
        assertFields("EndAnswer", EndAnswer.class);
        assertFields("Activity", ActivityRepresentation.class);
        assertFields("Receipt", ReceiptRepresentation.class);
        assertFields("ToldApplication", ReceiptRepresentation.ApplicationRepresentation.class);
        assertFields("Ended", EndedRepresentation.class);
        assertFields("EndedSession", EndedRepresentation.EndedSessionRepresentation.class);
        assertThat(names(schema("Problem").path("properties"))).isEqualTo(components(Problem.class));
    }

    @Test
    void hasTheBoundOfADevicesName() {
        var name = document.at(
                "/paths/~1v1~1me~1devices~1{id}/put/requestBody/content/application~1json/schema/properties/name");

        assertThat(name.path("minLength").asInt()).isEqualTo(1);
        assertThat(name.path("maxLength").asInt()).isEqualTo(KnownDevice.LONGEST_NAME);
        assertThat(document.at("/paths/~1v1~1me~1devices/get/description").asText())
                .contains(String.valueOf(ArrivalPolicy.MOST_DEVICES));
    }

    @Test
    void hasTheNamesOfTheCode() {
        assertThat(texts(schema("Session").at("/properties/marks/items/enum")))
                .isEqualTo(constants(SessionRepresentation.Mark.class).toList());
        assertThat(texts(schema("ToldApplication").at("/properties/state/enum")))
                .isEqualTo(Stream.of(ReceiptRepresentation.State.values())
                        .map(state -> new ObjectMapper()
                                .convertValue(state, JsonNode.class)
                                .asText())
                        .toList());
        assertThat(texts(schema("AuditRow").at("/properties/action/enum")))
                .isEqualTo(constants(LedgerAction.class).toList());
        assertThat(texts(schema("AuditRow").at("/properties/cause/oneOf/0/enum")))
                .isEqualTo(constants(EndCause.class).toList());
        assertThat(texts(schema("AuditRow").at("/properties/actorType/enum")))
                .isEqualTo(constants(Actor.Type.class).toList());
        assertThat(texts(schema("Device").at("/properties/type/enum")))
                .isEqualTo(constants(Device.Type.class)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(
                        texts(
                                document.at(
                                        "/paths/~1v1~1me~1sessions~1end/post/requestBody/content/application~1json/schema/properties/scope/enum")))
                .isEqualTo(constants(EndRequest.class)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(document.at("/paths/~1v1~1me~1sessions~1{id}/delete/parameters/0/schema/pattern")
                        .asText())
                .contains("{1," + SessionRef.MAX_ID_LENGTH + "}");
    }

    @Test
    void hasTheSettingsOfTheCode() {
        List<SettingKey> ofOwners = Stream.of(SettingKey.values())
                .filter(key -> !key.isOfAdministrators())
                .toList();
        List<String> keys = ofOwners.stream().map(SettingKey::json).toList();
        JsonNode properties = schema("Settings").path("properties");

        assertThat(names(properties)).isEqualTo(keys);
        assertThat(texts(schema("Settings").path("required"))).isEqualTo(keys);
        assertThat(names(schema("SettingsChange").path("properties"))).isEqualTo(keys);
        for (SettingKey key : ofOwners) {
            JsonNode property = properties.path(key.json());
            boolean byRole = key.kind() instanceof SettingKind.NumberByRole;
            JsonNode number = byRole ? property.path("additionalProperties") : property;
            JsonNode type = number.path("type");
            assertThat(type.isArray() ? type.get(0).asText() : type.asText()).isEqualTo(typeOf(key.kind()));
            assertThat(number.path("minimum").asInt()).isEqualTo(key.least());
            boolean list = key.kind() instanceof SettingKind.CountryList;
            assertThat(number.path(list ? "maxItems" : "maximum").asInt()).isEqualTo(key.most());
            assertThat(texts(property.path("enum")))
                    .isEqualTo(key.kind() instanceof SettingKind.Choice choice ? choice.words() : List.of());
            assertThat(property.path("maxLength").asInt()).isEqualTo(key.longest());
            assertThat(property.path("maxProperties").asInt())
                    .isEqualTo(byRole ? RealmSettings.MOST_ROLE_IDLE_TIMEOUTS : 0);
        }
    }

    private static String typeOf(SettingKind kind) {
        if (kind instanceof SettingKind.Text || kind instanceof SettingKind.Choice) {
            return "string";
        }
        if (kind instanceof SettingKind.CountryList) {
            return "array";
        }
        return kind instanceof SettingKind.Flag ? "boolean" : "integer";
    }

    @Test
    void hasTheSettingsOfAdministrators() {
        List<String> keys = Stream.of(SettingKey.values()).map(SettingKey::json).toList();

        assertThat(names(schema("AdminSettings").path("properties"))).isEqualTo(keys);
        assertThat(texts(schema("AdminSettings").path("required"))).isEqualTo(keys);
        assertThat(names(schema("AdminSettingsChange").path("properties"))).isEqualTo(keys);
    }

    @Test
    void hasTheBoundsOfTheStaffList() {
        assertThat(document.at("/components/parameters/Max/schema/maximum").asInt())
                .isEqualTo(StaffCalls.LONGEST_PAGE);
        assertThat(parameter(document.at("/paths/~1v1~1staff/get"), "search")
                        .at("/schema/maxLength")
                        .asInt())
                .isEqualTo(StaffCalls.LONGEST_SEARCH);
        assertThat(document.at("/components/responses/StepUp/description").asText())
                .contains("max_age=\"" + AccessPolicy.RECENT_SIGN_IN.toSeconds() + "\"");
    }

    @Test
    void hasTheBoundsOfTheFeed() {
        JsonNode call = document.at("/paths/~1v1~1ended/get");
        JsonNode wait = parameter(call, "wait");

        assertThat(wait.at("/schema/minimum").asInt(-1)).isZero();
        assertThat(wait.at("/schema/maximum").asInt()).isEqualTo(EndedQuery.LONGEST_WAIT);
        assertThat(FeedCursor.parse(
                        parameter(call, "since").at("/schema/examples/0").asText()))
                .isPresent();
        assertThat(schema("Ended").at("/properties/ended/maxItems").asInt()).isEqualTo(EndedFeed.PAGE);
        assertThat(names(call.at("/responses/200/content"))).containsExactly("application/json", EndedToken.MEDIA_TYPE);
        assertThat(call.at("/responses/200/content/application~1jwt/schema/description")
                        .asText())
                .contains(EndedToken.TYPE);
    }

    private static JsonNode parameter(JsonNode call, String name) {
        return StreamSupport.stream(call.path("parameters").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertFields(String schema, Class<? extends Record> type) {
        assertThat(names(schema(schema).path("properties"))).isEqualTo(components(type));
        assertThat(texts(schema(schema).path("required"))).containsExactlyInAnyOrderElementsOf(components(type));
    }

    private JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static void collect(Class<?> resource, String base, Set<String> calls) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String url = path == null ? base : base + "/" + path.value();
            Stream.of(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .filter(type -> type != OPTIONS.class)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(Objects::nonNull)
                    .forEach(verb -> calls.add(verb.value() + " " + url));
            boolean locator = path != null
                    && Stream.of(method.getAnnotations())
                            .noneMatch(one -> one.annotationType().isAnnotationPresent(HttpMethod.class));
            if (locator) {
                collect(method.getReturnType(), url, calls);
            }
        }
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Stream<String> constants(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Files.readString(java.nio.file.Path.of("..", "docs", "openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

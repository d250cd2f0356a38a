package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** An application that signs people in by SAML: unsigned requests by redirect, answers by a form that the browser posts. */
final class SamlApp {

    private static final String ENTITY = "https://saml.example/metadata";
    private static final String CONSUMER = "https://saml.example/consumer";

    private static final Pattern ANSWER = Pattern.compile("name=\"SAMLResponse\"\\s+value=\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("StatusCode Value=\"([^\"]+)\"");

    private final TestRealm realm;

    SamlApp(TestRealm realm) {
        this.realm = realm;
    }

    /** To a realm's JSON. */
    static void addTo(ObjectNode json) {
        var client = ((ArrayNode) json.path("clients")).addObject();
        client.put("clientId", ENTITY).put("protocol", "saml").put("enabled", true);
        client.putArray("redirectUris").add(CONSUMER);
        client.putObject("attributes")
                .put("saml.client.signature", "false")
                .put("saml.server.signature", "false")
                .put("saml.assertion.signature", "false")
                .put("saml.force.post.binding", "true");
    }

    /** @param passive whether nobody is to be asked for anything */
    String signInUrl(boolean passive) {
        var request = """
                <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
                xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_%s" Version="2.0" IssueInstant="%s" \
                IsPassive="%s" Destination="%s" AssertionConsumerServiceURL="%s" \
                ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>%s</saml:Issuer>\
                </samlp:AuthnRequest>""".formatted(
                        UUID.randomUUID(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        passive,
                        endpoint(),
                        CONSUMER,
                        ENTITY);
        return endpoint() + "?" + Http.encode(Map.of("SAMLRequest", deflated(request)));
    }

    /** Of the answer that the page sends: the innermost status, which is the most exact one. */
    String status(Http.Answer page) {
        var answer = ANSWER.matcher(page.body());
        assertThat(answer.find()).as(page.status() + " " + page.body()).isTrue();
        var xml = new String(Base64.getMimeDecoder().decode(answer.group(1)), StandardCharsets.UTF_8);
        return STATUS.matcher(xml)
                .results()
                .map(found -> found.group(1))
                .reduce((outer, inner) -> inner)
                .orElseThrow(() -> new AssertionError("no status: " + xml));
    }

    private String endpoint() {
        return realm.url() + "/protocol/saml";
    }

    private static String deflated(String xml) {
        var bytes = new ByteArrayOutputStream();
        try (var deflater =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, /* nowrap= */ true))) {
            deflater.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}

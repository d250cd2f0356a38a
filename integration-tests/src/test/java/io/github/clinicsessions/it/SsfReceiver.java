package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A receiver of security events (SETs) that has a stream at a realm's transmitter: by push (RFC 8935) into an HTTP server of
 * its own, or by poll (RFC 8936). The realm's transmitter must be on.
 */
final class SsfReceiver implements AutoCloseable {

    static final String SESSION_REVOKED = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private static final List<String> SCOPES = List.of("ssf.read", "ssf.manage");

    private final TestRealm realm;
    private final String clientId;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final HttpServer server;
    private String pollUrl = "";

    private SsfReceiver(TestRealm realm, String clientId) throws IOException {
        this.realm = realm;
        this.clientId = clientId;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sets", exchange -> {
            received.add(claims(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        addClient();
    }

    /** Keycloak calls it. */
    static SsfReceiver pushed(TestRealm realm) throws IOException {
        var receiver = new SsfReceiver(realm, "ssf-push");
        receiver.createStream(Map.of("method", "urn:ietf:rfc:8935", "endpoint_url", receiver.url()));
        return receiver;
    }

    /** It asks Keycloak. */
    static SsfReceiver polling(TestRealm realm) throws IOException {
        var receiver = new SsfReceiver(realm, "ssf-poll");
        var stream = receiver.createStream(Map.of("method", "urn:ietf:rfc:8936"));
        receiver.pollUrl = receiver.transmitter() + "/receivers/ssf-poll/streams/"
                + stream.path("stream_id").asText() + "/poll";
        return receiver;
    }

    String clientId() {
        return clientId;
    }

    /** Claims of the session-revoked SETs that have come so far, oldest first; polls for more where that is its way. */
    List<JsonNode> sessionRevoked() {
        if (!pollUrl.isEmpty()) {
            poll();
        }
        return received.stream()
                .filter(set -> set.path("events").has(SESSION_REVOKED))
                .toList();
    }

    private void poll() {
        var body = Http.JSON.createObjectNode().put("returnImmediately", true);
        var ack = body.putArray("ack");
        acknowledged.forEach(ack::add);
        acknowledged.clear();
        var answer = Http.bearer("POST", pollUrl, token(), body.toString());
        if (answer.status() != 200) {
            throw new AssertionError("poll: " + answer.status() + " " + answer.body());
        }
        answer.json().path("sets").properties().forEach(set -> {
            received.add(claims(set.getValue().asText()));
            acknowledged.add(set.getKey());
        });
    }

    private void addClient() {
        var client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setSecret(clientId + "-secret");
        client.setServiceAccountsEnabled(true);
        client.setAttributes(Map.of(
                "ssf.enabled",
                "true",
                "ssf.defaultSubjects",
                "ALL",
                "ssf.validPushUrls",
                url(),
                "access.token.lifespan",
                "60"));
        String id;
        try (var response = realm.admin().clients().create(client)) {
            id = CreatedResponseUtil.getCreatedId(response);
        }
        var scopes = realm.admin().clientScopes().findAll().stream()
                .filter(scope -> SCOPES.contains(scope.getName()))
                .toList();
        if (scopes.size() != SCOPES.size()) {
            throw new IllegalStateException("the realm's transmitter is not on: it lacks " + SCOPES);
        }
        scopes.forEach(scope -> realm.admin().clients().get(id).addOptionalClientScope(scope.getId()));
    }

    private JsonNode createStream(Map<String, String> delivery) {
        var body = Http.JSON.createObjectNode();
        body.putArray("events_requested").add(SESSION_REVOKED);
        body.set("delivery", Http.JSON.valueToTree(delivery));
        var answer = Http.bearer("POST", transmitter() + "/streams", token(), body.toString());
        if (answer.status() != 201) {
            throw new IllegalStateException("stream of " + clientId + ": " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }

    private String token() {
        return Http.postForm(
                        realm.url() + "/protocol/openid-connect/token",
                        Map.of(),
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                clientId,
                                "client_secret",
                                clientId + "-secret",
                                "scope",
                                "ssf.read ssf.manage"))
                .json()
                .path("access_token")
                .asText();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/sets";
    }

    private String transmitter() {
        return realm.url() + "/ssf/transmitter";
    }

    private static JsonNode claims(String set) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(set.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

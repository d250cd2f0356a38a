package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An application's side of back-channel logout: takes logout tokens at a port that stays its own while it is down, and checks
 * them as the specification says. Answers 204, or what it is told to.
 */
final class LogoutListener implements AutoCloseable {

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestRealm realm;
    private final Consumer<String> onToken;
    private volatile int answer = 204;
    private volatile boolean hanging;
    private volatile int port;
    private volatile @Nullable HttpServer server;

    /** @param onToken called with the session's id when a token has come, before it is answered */
    LogoutListener(TestRealm realm, Consumer<String> onToken) {
        this.realm = realm;
        this.onToken = onToken;
        up();
    }

    /** Claims of what was taken of a session, whatever was answered; of others something may come at any time. */
    List<JsonNode> received(String sessionId) {
        return received.stream()
                .filter(claims -> claims.path("sid").asText().equals(sessionId))
                .toList();
    }

    /** What was wrong with what has come. */
    List<String> complaints() {
        return complaints;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/logout";
    }

    /** Makes it the back-channel logout URL of a client of the realm. */
    void listenFor(String clientId) {
        urlOf(clientId, url());
    }

    void urlOf(String clientId, String url) {
        var client = realm.admin().clients().findByClientId(clientId).get(0);
        client.getAttributes()
                .putAll(Map.of("backchannel.logout.url", url, "backchannel.logout.session.required", "true"));
        realm.admin().clients().get(client.getId()).update(client);
    }

    /** Answers with these first. */
    void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    void alwaysAnswer(int status) {
        answer = status;
    }

    /** Never answers. */
    void hang() {
        hanging = true;
    }

    /** Connections are refused from now on. */
    void down() {
        var running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    void up() {
        try {
            var starting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            starting.setExecutor(threads);
            starting.createContext("/logout", exchange -> {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                take(URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8));
                if (hanging) {
                    awaitClosing();
                }
                var status = answers.poll();
                exchange.sendResponseHeaders(status == null ? answer : status, -1);
                exchange.close();
            });
            starting.start();
            port = starting.getAddress().getPort();
            server = starting;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        down();
        threads.shutdownNow();
    }

    private void take(String token) {
        var parts = token.split("\\.", -1);
        var claims = json(parts[1]);
        try {
            if (!isSignedByRealm(parts)) {
                complaints.add("not signed by the realm: " + claims);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            complaints.add(e.toString());
        }
        var now = Instant.now().getEpochSecond();
        if (claims.path("exp").asLong() <= now || claims.path("iat").asLong() < now - 30) {
            complaints.add("not fresh: " + claims);
        }
        if (received.stream()
                .anyMatch(other ->
                        other.path("jti").asText().equals(claims.path("jti").asText()))) {
            complaints.add("seen before: " + claims);
        }
        onToken.accept(claims.path("sid").asText());
        received.add(claims);
    }

    private boolean isSignedByRealm(String[] parts) throws GeneralSecurityException {
        var kid = json(parts[0]).path("kid").asText();
        var key = StreamSupport.stream(
                        Http.get(realm.url() + "/protocol/openid-connect/certs")
                                .json()
                                .path("keys")
                                .spliterator(),
                        false)
                .filter(one -> one.path("kid").asText().equals(kid))
                .findFirst()
                .orElseThrow();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e")))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.asText()));
    }

    private static JsonNode json(String part) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    private void awaitClosing() {
        try {
            closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.github.clinicsessions.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of a realm have ended, for an API that verifies access tokens by itself. One thread reads the feed; {@link
 * #hasEnded} answers from memory. Needs the JDK, 17 or newer, and a JSON parser.
 */
public final class EndedSessions implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EndedSessions.class.getName());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** What the feed answers with at most; an answer with fewer entries is complete. */
    private static final int PAGE = 1_000;

    private final Settings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Thread thread = new Thread(this::run, "ended-sessions");

    /** By session id. An id can be used again, so that the end of the latest counts. */
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    /** {@code System.nanoTime()} of the last complete answer. */
    private volatile @Nullable Long current;

    private @Nullable String token;
    private @Nullable String cursor;

    /**
     * Where and how.
     *
     * @param realm {@code https://…/realms/{realm}}
     * @param clientId a client with a service account that has the realm role {@code clinic-api}
     * @param tokenLifespan the longest life of an access token of the realm: 120 s, if it is not set to less
     * @param leeway by how much this API accepts an expired token; Spring Security: 60 s
     * @param patience for how long to wait for news, 0 to 25 s, and shorter than the lifespan
     */
    public record Settings(
            URI realm,
            String clientId,
            String clientSecret,
            Duration tokenLifespan,
            Duration leeway,
            Duration patience) {}

    private EndedSessions(Settings settings) {
        this.settings = settings;
    }

    /** Begins to read. */
    public static EndedSessions start(Settings settings) {
        EndedSessions sessions = new EndedSessions(settings);
        sessions.thread.setDaemon(true);
        sessions.thread.start();
        return sessions;
    }

    /**
     * Whether this can be relied on: the last answer of the feed is younger than an access token can be. If not, a token may be
     * of an ended session and nobody here would know: refuse them all.
     */
    public boolean isCurrent() {
        Long at = current;
        return at != null && System.nanoTime() - at < settings.tokenLifespan().toNanos();
    }

    /**
     * Whether a token is of a session that has ended.
     *
     * @param sid its claim {@code sid}; a token without one (client credentials) has no session that could end
     * @param issuedAt its claim {@code iat}, which has whole seconds
     */
    public boolean hasEnded(@Nullable String sid, Instant issuedAt) {
        Instant end = sid == null ? null : ended.get(sid);
        return end != null && !issuedAt.isAfter(end.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                read();
                forgetOld();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "the feed of ended sessions could not be read", e);
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private void read() throws IOException, InterruptedException {
        if (token == null) {
            token = newToken();
        }
        String query = "?wait=" + settings.patience().toSeconds() + (cursor == null ? "" : "&since=" + cursor);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(settings.realm() + "/clinic-sessions/v1/ended" + query))
                        .timeout(settings.patience().plusSeconds(5))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .build(),
                BodyHandlers.ofString());
        switch (answer.statusCode()) {
            case 200 -> take(JSON.readTree(answer.body()));
            case 400 -> begin(answer.body());
            case 401 -> token = null; // it has expired
            default -> throw new IOException("the feed answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private void take(JsonNode answer) {
        for (JsonNode entry : answer.path("ended")) {
            ended.merge(
                    entry.path("sid").asText(),
                    Instant.parse(entry.path("endedAt").asText()),
                    (known, news) -> known.isAfter(news) ? known : news);
        }
        cursor = answer.path("cursor").asText();
        if (answer.path("ended").size() < PAGE) {
            current = System.nanoTime();
        }
    }

    /** The cursor is none of this feed any more, after a restored backup for example. What is known stays known. */
    private void begin(String why) throws IOException {
        if (cursor == null) {
            throw new IOException("the feed refused the call: " + why);
        }
        cursor = null;
    }

    /** No token of those sessions is accepted any more, whatever the feed says. */
    private void forgetOld() {
        Instant oldest = Instant.now().minus(settings.tokenLifespan()).minus(settings.leeway());
        ended.values().removeIf(end -> end.isBefore(oldest));
    }

    private String newToken() throws IOException, InterruptedException {
        String credentials = settings.clientId() + ':' + settings.clientSecret();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(settings.realm() + "/protocol/openid-connect/token"))
                        .timeout(Duration.ofSeconds(5))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the token endpoint answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}

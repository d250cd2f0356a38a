package io.github.clinicsessions.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicNameValuePair;
import org.keycloak.OAuth2Constants;

/**
 * Posts a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.5); thread-safe. Nothing takes longer than {@value
 * #LIMIT_SECONDS} seconds, not even an answer that comes byte by byte.
 */
final class NoticePost implements AutoCloseable {

    static final int LIMIT_SECONDS = 15;

    private static final int OK_FROM = 200;
    private static final int OK_BELOW = 300;

    private static final RequestConfig TIMEOUTS = RequestConfig.custom()
            .setConnectionRequestTimeout(5_000)
            .setConnectTimeout(2_000)
            .setSocketTimeout(5_000)
            .setRedirectsEnabled(false)
            .build();

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "clinic-sessions-notice-limit");
        thread.setDaemon(true);
        return thread;
    });

    NoticePost() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * How it went.
     *
     * @param told whether the client confirmed it: with 200 or, as some frameworks do, another 2xx
     * @param what the status, or what kept it from coming
     */
    record Outcome(boolean told, String what) {}

    /** Waits for the answer's status; never throws. */
    Outcome post(CloseableHttpClient http, String url, String token) {
        ScheduledFuture<?> limit = null;
        try {
            HttpPost post = new HttpPost(url);
            post.setConfig(TIMEOUTS);
            post.setEntity(new UrlEncodedFormEntity(
                    List.of(new BasicNameValuePair(OAuth2Constants.LOGOUT_TOKEN, token)), StandardCharsets.UTF_8));
            limit = clock.schedule(post::abort, LIMIT_SECONDS, TimeUnit.SECONDS);
            // Closed without reading the body, which may have no end.
            try (CloseableHttpResponse response = http.execute(post)) {
                int status = response.getStatusLine().getStatusCode();
                return new Outcome(status >= OK_FROM && status < OK_BELOW, Integer.toString(status));
            }
        } catch (IOException | RuntimeException e) {
            return new Outcome(false, e.getClass().getSimpleName());
        } finally {
            if (limit != null) {
                limit.cancel(false);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}

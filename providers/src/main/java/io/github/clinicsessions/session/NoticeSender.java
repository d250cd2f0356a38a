package io.github.clinicsessions.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.message.BasicNameValuePair;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.connections.httpclient.HttpClientProvider;

/**
 * Posts logout tokens to clients, {@value #THREADS} at a time; thread-safe.
 *
 * <p>Not Keycloak's executor of that name: its pool stays at four threads, which one dead client with some sessions holds for
 * longer than the logout tokens of all others are valid.
 */
final class NoticeSender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NoticeSender.class);
    private static final int THREADS = 32;
    private static final int QUEUED = 10_000;
    private static final int IDLE_SECONDS = 60;

    /** Keycloak's logout tokens are valid for 120 s; one that comes later is refused. */
    private static final int SENT_WITHIN_SECONDS = 110;

    private static final RequestConfig TIMEOUTS = RequestConfig.custom()
            .setConnectionRequestTimeout(5_000)
            .setConnectTimeout(2_000)
            .setSocketTimeout(5_000)
            .setRedirectsEnabled(false)
            .build();

    private final ThreadPoolExecutor executor;

    NoticeSender() {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUED), task -> {
                    Thread thread = new Thread(task, "clinic-sessions-notice");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Returns at once. */
    void send(HttpClientProvider http, ClientNotice notice) {
        long deadline = Time.currentTimeMillis() + TimeUnit.SECONDS.toMillis(SENT_WITHIN_SECONDS);
        try {
            executor.execute(() -> post(http, notice, deadline));
        } catch (RejectedExecutionException e) {
            LOG.warnf(
                    "client %s is not told of a sign-out: too many wait, or the server is stopping", notice.clientId());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private static void post(HttpClientProvider http, ClientNotice notice, long deadline) {
        if (Time.currentTimeMillis() > deadline) {
            LOG.warnf("client %s is not told of a sign-out: its logout token has expired", notice.clientId());
            return;
        }
        try {
            HttpPost post = new HttpPost(Objects.requireNonNull(notice.url()));
            post.setConfig(TIMEOUTS);
            post.setEntity(new UrlEncodedFormEntity(
                    List.of(new BasicNameValuePair(OAuth2Constants.LOGOUT_TOKEN, notice.logoutToken())),
                    StandardCharsets.UTF_8));
            // Closed without reading the body, which may have no end.
            try (CloseableHttpResponse response = http.getHttpClient().execute(post)) {
                int status = response.getStatusLine().getStatusCode();
                if (status != 200 && status != 204) {
                    LOG.warnf("client %s answered its sign-out with %d", notice.clientId(), status);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("client %s was not reached for its sign-out: %s", notice.clientId(), e.toString());
        }
    }
}

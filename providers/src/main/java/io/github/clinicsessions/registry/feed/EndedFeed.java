package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedGrown;
import io.github.clinicsessions.registry.FeedPage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The feed of ended sessions on this server: there is one, and all requests share it. Safe for threads. */
public final class EndedFeed implements AutoCloseable {

    /** Entries of an answer, at most. */
    public static final int PAGE = 1_000;

    private final HeadCache heads = new HeadCache(System::nanoTime);
    private final FeedReader reader = new FeedReader(heads);
    private final FeedWatch watch;

    private EndedFeed(KeycloakSessionFactory factory, int waitingAtMost) {
        watch = new FeedWatch(factory, heads, reader, waitingAtMost);
    }

    /**
     * From now on hears of {@link FeedGrown}.
     *
     * @param waitingAtMost how many may wait on this server; others are answered at once
     */
    public static EndedFeed start(KeycloakSessionFactory factory, int waitingAtMost) {
        EndedFeed feed = new EndedFeed(factory, waitingAtMost);
        factory.register(event -> {
            if (event instanceof FeedGrown grown) {
                feed.grown(grown.realmId());
            }
        });
        return feed;
    }

    /**
     * What has ended after the cursor.
     *
     * @param since null for all that is kept
     * @return empty when the cursor is not one of this feed
     */
    public Optional<FeedPage> read(KeycloakSession session, String realmId, @Nullable FeedCursor since) {
        return reader.read(session, realmId, since);
    }

    /**
     * The next page after a cursor up to which all is read: as soon as there is something, else an empty one after this time,
     * or at once when too many wait already. Nothing is held meanwhile, neither a thread nor a connection to the database.
     *
     * @param wait more than zero
     * @return completed on a thread that may be used for a moment; exceptionally when the database cannot be read; with an
     *     empty value when the cursor is no longer one of this feed
     */
    public CompletableFuture<Optional<FeedPage>> next(String realmId, FeedCursor read, Duration wait) {
        return watch.next(realmId, read, wait);
    }

    /** Answers all who wait. */
    @Override
    public void close() {
        watch.close();
    }

    private void grown(String realmId) {
        heads.forget(realmId);
        watch.wake(realmId);
    }
}

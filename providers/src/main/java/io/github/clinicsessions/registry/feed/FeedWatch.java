package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedHead;
import io.github.clinicsessions.registry.FeedPage;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Those who wait, and what wakes them: a call from this server, or the head in the database, at which one thread looks four
 * times a second while somebody waits. Who waits at the same place is answered from one query. The threads are this server's
 * own: Keycloak's must not wait for a database.
 */
final class FeedWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FeedWatch.class);
    private static final long LOOK_MILLIS = 250;
    private static final int ANSWERING_THREADS = 4;

    private final KeycloakSessionFactory factory;
    private final HeadCache heads;
    private final FeedReader reader;
    private final int waitingAtMost;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(threads("watch"));
    private final ExecutorService answering = Executors.newFixedThreadPool(ANSWERING_THREADS, threads("answer"));

    /** Of the clock's thread only: an outage is told once, not four times a second. */
    private boolean blind;

    FeedWatch(KeycloakSessionFactory factory, HeadCache heads, FeedReader reader, int waitingAtMost) {
        this.factory = factory;
        this.heads = heads;
        this.reader = reader;
        this.waitingAtMost = waitingAtMost;
        var unused = clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** As {@link EndedFeed#next}. */
    CompletableFuture<Optional<FeedPage>> next(String realmId, FeedCursor read, Duration wait) {
        if (waiting.incrementAndGet() > waitingAtMost) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(Optional.of(new FeedPage(read, List.of())));
        }
        Waiter waiter = Waiter.of(realmId, read, wait);
        waiters.add(waiter);
        return waiter.answer();
    }

    /** Whatever has been committed until now is seen by those who wait for it. */
    void wake(String realmId) {
        answer(waiter -> waiter.realmId().equals(realmId));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        answering.shutdown();
        fail(take(waiter -> true), new RejectedExecutionException("the server is going down"));
    }

    /** Never throws: the clock would stop. */
    private void look() {
        try {
            Set<String> realms = waiters.stream().map(Waiter::realmId).collect(Collectors.toSet());
            if (!realms.isEmpty()) {
                Map<String, FeedHead> now =
                        Transactions.resultInBackground(factory, session -> new EndedSessions(session).heads(realms));
                now.forEach(heads::put);
                answer(waiter -> waiter.isBehind(now.getOrDefault(waiter.realmId(), FeedHead.NONE)));
            }
            blind = false;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.warn("the feed of ended sessions cannot be looked at", e);
            }
            blind = true;
        }
        // With a look of their own: that the clock could not read the database must not look as if nothing had ended.
        answer(Waiter::isDue);
    }

    private void answer(Predicate<Waiter> which) {
        take(which).stream().collect(Collectors.groupingBy(Waiter::place)).forEach((place, together) -> {
            try {
                answering.execute(() -> answer(place, together));
            } catch (RejectedExecutionException e) {
                fail(together, e); // the server is going down; whoever has ended a session must not hear of it
            }
        });
    }

    private void answer(Waiter.Place place, List<Waiter> together) {
        try {
            Optional<FeedPage> page = Transactions.resultInBackground(
                    factory, session -> reader.read(session, place.realmId(), place.cursor()));
            together.forEach(waiter -> waiter.answer().complete(page));
        } catch (RuntimeException e) {
            LOG.error("the feed of ended sessions could not be read", e);
            fail(together, e);
        }
    }

    private static void fail(List<Waiter> waiters, RuntimeException why) {
        waiters.forEach(waiter -> waiter.answer().completeExceptionally(why));
    }

    /** Each waiter is taken once, whoever comes first. */
    private List<Waiter> take(Predicate<Waiter> which) {
        List<Waiter> chosen = waiters.stream().filter(which).toList();
        List<Waiter> taken = chosen.stream().filter(waiters::remove).toList();
        waiting.addAndGet(-taken.size());
        return taken;
    }

    private static ThreadFactory threads(String what) {
        return task -> {
            Thread thread = new Thread(task, "clinic-feed-" + what);
            thread.setDaemon(true);
            return thread;
        };
    }
}

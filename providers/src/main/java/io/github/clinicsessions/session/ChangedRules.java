package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.jpa.Activities;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;

/** Whose idle time-out may have become stricter, until the registry knows; thread-safe. */
final class ChangedRules {

    /** Of a realm of which more change at a time everybody is looked at. */
    static final int PERSONS_AT_MOST = 1_000;

    /** By realm; an empty set is everybody. */
    private Map<String, Set<String>> waiting = new HashMap<>();

    /**
     * Adds a person, or everybody.
     *
     * @return whether nothing waited before: somebody has to call {@link #lookAgain} then
     */
    synchronized boolean add(String realmId, @Nullable String userId) {
        boolean first = waiting.isEmpty();
        Set<String> persons = waiting.get(realmId);
        if (persons == null) {
            waiting.put(realmId, userId == null ? Set.of() : new HashSet<>(Set.of(userId)));
        } else if (!persons.isEmpty()) {
            if (userId == null || persons.size() == PERSONS_AT_MOST) {
                waiting.put(realmId, Set.of());
            } else {
                persons.add(userId);
            }
        }
        return first;
    }

    /** Writes it down. Never throws. */
    void lookAgain(KeycloakSessionFactory factory) {
        take().forEach((realmId, persons) -> UnfinishedEnds.guarded(
                "changed idle time-outs",
                () -> Transactions.inBackground(factory, own -> {
                    Activities activities = new Activities(own);
                    if (persons.isEmpty()) {
                        activities.lookAtAll(realmId);
                    } else {
                        persons.forEach(userId -> activities.lookAtOnce(realmId, userId));
                    }
                })));
    }

    synchronized Map<String, Set<String>> take() {
        Map<String, Set<String>> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }
}

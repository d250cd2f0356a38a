package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.jpa.Activities;
import java.util.Collection;
import java.util.List;
import org.keycloak.models.KeycloakSessionFactory;

/** Where beats are kept for all nodes. */
@FunctionalInterface
interface BeatSink {

    /**
     * Stores all or none.
     *
     * @return those whose session is not known there (yet)
     * @throws RuntimeException none has been stored
     */
    List<Beat> store(Collection<Beat> beats);

    /** The registry of living sessions, a transaction a call. */
    static BeatSink registry(KeycloakSessionFactory factory) {
        return beats -> Transactions.resultInBackground(factory, own -> new Activities(own).store(beats));
    }
}

package io.github.clinicsessions.platform;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Transactions of our own, beside the one of the request. */
public final class Transactions {

    private static final Logger LOG = Logger.getLogger(Transactions.class);
    private static final int TRIES = 3;

    private Transactions() {}

    /**
     * Runs the task in a transaction of its own that has committed when this returns. The task gets a session of its
     * own, with realm, connection and headers of the request; it must look up every model anew.
     *
     * @throws RuntimeException what the task or the commit threw; nothing was written then
     */
    public static <T> T inNew(KeycloakSession session, RealmModel realm, OwnTransaction<T> task) {
        String realmId = realm.getId();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> task.run(own, realmOf(own, realmId)),
                "clinic-sessions");
    }

    /**
     * As {@link #inNew}, and again when it fails, {@value #TRIES} times in all: for work that loses against another
     * transaction's write of the same row and does it right the next time.
     */
    public static <T> T inNewRetried(KeycloakSession session, RealmModel realm, OwnTransaction<T> task) {
        for (int tried = 1; ; tried++) {
            try {
                return inNew(session, realm, task);
            } catch (RuntimeException e) {
                if (tried == TRIES) {
                    throw e;
                }
                LOG.debug("once more", e);
            }
        }
    }

    /** As {@link #inNew(KeycloakSession, RealmModel, OwnTransaction)} where there is no request. */
    public static void inBackground(KeycloakSessionFactory factory, Consumer<KeycloakSession> task) {
        KeycloakModelUtils.runJobInTransaction(factory, task::accept);
    }

    /** As {@link #inBackground}, with a result. */
    public static <T> T resultInBackground(KeycloakSessionFactory factory, Function<KeycloakSession, T> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, task::apply);
    }

    /** Runs the action once the request's transaction has committed, and never if it is rolled back. */
    public static void afterCommit(KeycloakSession session, Runnable action) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                action.run();
            }

            @Override
            protected void rollbackImpl() {
                // what did not happen is not told
            }
        });
    }

    private static RealmModel realmOf(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            throw new IllegalStateException("the realm is gone: " + realmId);
        }
        session.getContext().setRealm(realm);
        return realm;
    }

    /** Work in a transaction of its own. */
    @FunctionalInterface
    public interface OwnTransaction<T> {
        T run(KeycloakSession session, RealmModel realm);
    }
}

package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/**
 * A person has said that a sign-in was not theirs, and what follows from it has been done. Published to {@link KeycloakSessionFactory};
 * once for a session.
 *
 * @param row of the ledger: who, when, and with what it had begun
 */
public record SignInReported(LedgerRow row, NotMe.Outcome outcome) implements ProviderEvent {}

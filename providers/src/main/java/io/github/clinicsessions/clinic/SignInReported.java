package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/**
 * A person has said that a sign-in was not theirs, what follows from it has been done, and owners are to be told. Published to {@link
 * KeycloakSessionFactory}; once for a session, and not more often of a person than mails may be sent.
 *
 * @param row of the ledger: who, when, and with what it was done
 */
public record SignInReported(LedgerRow row, NotMe.Outcome outcome) implements ProviderEvent {}

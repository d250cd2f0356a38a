package io.github.clinicsessions.bounds;

import io.github.clinicsessions.bounds.jpa.ClientsByAttribute;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds what is out of bounds. Changes nothing, and does not ask whether the realm is switched on. */
public final class Corrections {

    private Corrections() {}

    /** A correction and how it is made. */
    record Fix(Correction correction, Runnable write) {}

    /** Of the realm and of all its clients, the realm's first. */
    public static List<Correction> of(KeycloakSession session, RealmModel realm) {
        return fixes(session, realm, Limits.of(session, realm)).stream()
                .map(Fix::correction)
                .toList();
    }

    /** The same, ready to be made; one query more than there are clients with overrides. */
    static List<Fix> fixes(KeycloakSession session, RealmModel realm, Limits limits) {
        Stream<Fix> ofRealm = Bounds.OF_REALM.stream()
                .flatMap(bound -> fix(
                        bound,
                        limits,
                        null,
                        bound.read().apply(realm),
                        value -> bound.write().accept(realm, value)));
        Stream<Fix> ofClients = ClientsByAttribute.withAnyOf(session, realm, Bounds.CLIENT_ATTRIBUTES).stream()
                .flatMap(client -> fixes(client, limits));
        return Stream.concat(ofRealm, ofClients).toList();
    }

    /** Of one client. */
    static List<Fix> fixes(KeycloakSession session, ClientModel client) {
        boolean overrides = Bounds.CLIENT_ATTRIBUTES.stream().anyMatch(name -> client.getAttribute(name) != null);
        return overrides
                ? fixes(client, Limits.of(session, client.getRealm())).toList()
                : List.of(); // most: no query for them
    }

    private static Stream<Fix> fixes(ClientModel client, Limits limits) {
        return Bounds.OF_CLIENTS.stream()
                .flatMap(bound -> fix(
                        bound, limits, client.getClientId(), bound.read(client), value -> bound.write(client, value)));
    }

    private static Stream<Fix> fix(
            Bound bound, Limits limits, @Nullable String clientId, @Nullable String text, IntConsumer write) {
        return bound.rangeIn(limits).correctionOf(text).stream().mapToObj(allowed -> {
            int then = Math.toIntExact(allowed);
            OptionalLong parsed = Range.parse(text);
            Long now = parsed.isPresent() ? parsed.getAsLong() : null;
            return new Fix(
                    new Correction(bound.setting(), bound.governs(), bound.unit(), clientId, now, then),
                    () -> write.accept(then));
        });
    }
}

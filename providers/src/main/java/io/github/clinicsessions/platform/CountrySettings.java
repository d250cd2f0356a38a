package io.github.clinicsessions.platform;

import static io.github.clinicsessions.platform.RealmSettings.COUNTRIES;
import static io.github.clinicsessions.platform.RealmSettings.NOTIFY_OWNER;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * From which countries people work, and whether owners hear of what is noticed, as a realm or an organization says in its
 * attributes.
 *
 * @param countries codes, ISO 3166-1 alpha-2, in their order; empty if it says nothing
 * @param notifyOwner empty if it says nothing
 */
public record CountrySettings(List<String> countries, Optional<Boolean> notifyOwner) {

    public CountrySettings {
        countries = List.copyOf(new TreeSet<>(countries));
    }

    public static CountrySettings of(RealmModel realm) {
        return read("realm " + realm.getName(), realm.getAttributes(), value -> value);
    }

    public static CountrySettings of(OrganizationModel organization) {
        return read(
                "organization " + organization.getAlias(),
                organization.getAttributes(),
                values -> values.isEmpty() ? null : values.get(0));
    }

    /**
     * The countries of all these clinics together: an organization's own, or the realm's where it has none; of no clinics the
     * realm's. Empty if none have any.
     *
     * @param clinicIds as {@link Clinics#idsOf} gives them
     */
    public static List<String> countriesOf(KeycloakSession session, RealmModel realm, Collection<String> clinicIds) {
        CountrySettings ofRealm = of(realm);
        Set<String> all = new TreeSet<>();
        for (String id : clinicIds) {
            all.addAll(inForce(session, realm, ofRealm, id).countries);
        }
        return clinicIds.isEmpty() ? ofRealm.countries : List.copyOf(all);
    }

    /**
     * Of these clinics those whose owners want to hear of what is noticed, in the same order.
     *
     * @param clinicIds as {@link Clinics#idsOf} gives them
     */
    public static Set<String> notifying(KeycloakSession session, RealmModel realm, Collection<String> clinicIds) {
        CountrySettings ofRealm = of(realm);
        Set<String> notifying = new LinkedHashSet<>();
        for (String id : clinicIds) {
            if (inForce(session, realm, ofRealm, id).notifyOwner.orElse(false)) {
                notifying.add(id);
            }
        }
        return notifying;
    }

    /** With the other's where it says nothing. */
    public CountrySettings or(CountrySettings other) {
        return new CountrySettings(
                countries.isEmpty() ? other.countries : countries, notifyOwner.or(() -> other.notifyOwner));
    }

    private static CountrySettings inForce(
            KeycloakSession session, RealmModel realm, CountrySettings ofRealm, String clinicId) {
        if (clinicId.equals(realm.getId()) || !realm.isOrganizationsEnabled()) {
            return ofRealm;
        }
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class).getById(clinicId);
        return organization == null ? ofRealm : of(organization).or(ofRealm);
    }

    private static <T> CountrySettings read(
            String owner, Map<String, T> attributes, Function<T, @Nullable String> text) {
        T countries = attributes.get(COUNTRIES);
        T notifyOwner = attributes.get(NOTIFY_OWNER);
        return new CountrySettings(
                countries == null ? List.of() : codes(owner, text.apply(countries)),
                notifyOwner == null
                        ? Optional.empty()
                        : RealmSettings.flag(owner, NOTIFY_OWNER, text.apply(notifyOwner)));
    }

    /** What is no country's code counts as absent, the others count. */
    private static List<String> codes(String owner, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        List<String> codes = Arrays.stream(text.split(",", -1))
                .map(code -> code.strip().toUpperCase(Locale.ROOT))
                .filter(Countries::isCode)
                .distinct()
                .limit(RealmSettings.MOST_COUNTRIES)
                .toList();
        if (codes.isEmpty()) {
            RealmSettings.tellOnce(owner, COUNTRIES, text, "names no country, it counts as absent");
        }
        return codes;
    }
}

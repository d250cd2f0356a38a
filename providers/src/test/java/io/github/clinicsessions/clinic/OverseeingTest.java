package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.AccessPolicy.Offboarding;
import io.github.clinicsessions.clinic.Administrator.Right;
import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link AccessPolicy} as far as people oversee others. */
class OverseeingTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Clinic NORTH = clinic("north");
    private static final Clinic SOUTH = clinic("south");

    @Property
    void nobodyOverseesAnAdministratorOrAServiceAccount(
            @ForAll("clinics") List<Clinic> clinics, @ForAll("persons") Person person) {
        assertThat(AccessPolicy.oversees(clinics, person) && (person.administrator() || person.serviceAccount()))
                .isFalse();
    }

    @Property
    void nobodyOverseesAnotherClinicsStaff(@ForAll("clinics") List<Clinic> clinics, @ForAll("persons") Person person) {
        boolean common = clinics.stream().anyMatch(clinic -> person.clinicIds().contains(clinic.id()));

        assertThat(AccessPolicy.oversees(clinics, person))
                .isEqualTo(common && !person.administrator() && !person.serviceAccount());
        assertThat(AccessPolicy.oversees(List.of(), person)).isFalse();
    }

    @Property
    void optingOutHoldsIfItHoldsTowardsEachClinicThatSees(
            @ForAll("clinics") List<Clinic> clinics, @ForAll("persons") Person person) {
        boolean seenThroughOne = clinics.stream()
                .map(Clinic::id)
                .anyMatch(id -> person.clinicIds().contains(id)
                        && !person.privateTowards().contains(id));
        boolean hiddenThroughOne = clinics.stream()
                .map(Clinic::id)
                .anyMatch(id -> person.clinicIds().contains(id)
                        && person.privateTowards().contains(id));

        assertThat(AccessPolicy.visibility(clinics, person))
                .isEqualTo(hiddenThroughOne && !seenThroughOne ? Visibility.OPTED_OUT : Visibility.VISIBLE);
    }

    @Property
    void aClinicThatTheyAreNotOfChangesNothing(
            @ForAll("clinics") List<Clinic> clinics, @ForAll("persons") Person person) {
        List<Clinic> theirs = clinics.stream()
                .filter(clinic -> person.clinicIds().contains(clinic.id()))
                .toList();

        assertThat(AccessPolicy.oversees(clinics, person)).isEqualTo(AccessPolicy.oversees(theirs, person));
        assertThat(AccessPolicy.visibility(clinics, person)).isEqualTo(AccessPolicy.visibility(theirs, person));
    }

    @Property
    void anAdministratorFindsEverybodyButServiceAccounts(@ForAll("persons") Person person) {
        assertThat(AccessPolicy.administers(List.of(), true, person)).isEqualTo(!person.serviceAccount());
    }

    @Test
    void nobodyOffboardsThemselvesOrAnotherOwner() {
        Caller north = owner(Set.of(AccountRight.MANAGE), NORTH);
        Person southOwner = person("p", Set.of("north", "south"), Set.of("south"));
        Person northOwner = person("p", Set.of("north", "south"), Set.of("north"));

        assertThat(AccessPolicy.offboarding(north, List.of(NORTH), person("me", Set.of("north"), Set.of("north"))))
                .isEqualTo(Offboarding.SELF);
        assertThat(AccessPolicy.offboarding(north, List.of(NORTH), northOwner)).isEqualTo(Offboarding.OWNER);
        assertThat(AccessPolicy.offboarding(north, List.of(NORTH), southOwner))
                .as("an owner elsewhere is staff here")
                .isEqualTo(Offboarding.ALLOWED);
        assertThat(AccessPolicy.offboarding(
                        owner(Set.of(AccountRight.MANAGE), NORTH, SOUTH), List.of(NORTH, SOUTH), southOwner))
                .isEqualTo(Offboarding.OWNER);
    }

    @Property
    void onlyAnOwnersChangesAreChanges(@ForAll boolean serviceAccount, @ForAll Set<AccountRight> rights) {
        Caller owner = new Caller("me", serviceAccount, rights, Set.of(), List.of(NORTH), false, NOW);
        Caller nobody = new Caller("me", serviceAccount, rights, Set.of(), List.of(), false, NOW);

        assertThat(AccessPolicy.mayOversee(nobody)).isFalse();
        assertThat(AccessPolicy.mayChangeClinic(nobody)).isFalse();
        assertThat(AccessPolicy.mayOversee(owner)).isEqualTo(!serviceAccount && !rights.isEmpty());
        assertThat(AccessPolicy.mayChangeClinic(owner))
                .isEqualTo(!serviceAccount && rights.contains(AccountRight.MANAGE));
    }

    @Test
    void aSignInIsRecentForFifteenMinutes() {
        assertThat(isRecent(false, NOW)).isTrue();
        assertThat(isRecent(false, NOW.minusSeconds(15 * 60))).isTrue();
        assertThat(isRecent(false, NOW.minusSeconds(15 * 60).minusNanos(1))).isFalse();
        assertThat(isRecent(false, null)).isFalse();
    }

    @Test
    void whoeverHasOpenedTheSessionAsSomebodyElseHasNotSignedIn() {
        assertThat(isRecent(true, NOW)).isFalse();
        assertThat(AccessPolicy.mayChooseVisibility(
                        new Caller("me", false, Set.of(AccountRight.MANAGE), Set.of(), List.of(), true, NOW)))
                .isFalse();
    }

    @Test
    void anOwnerNamesTheirClinicsOnly() {
        Caller caller = owner(Set.of(AccountRight.MANAGE), NORTH, SOUTH);

        assertThat(caller.owned(null)).containsExactly(NORTH, SOUTH);
        assertThat(caller.owned("south")).containsExactly(SOUTH);
        assertThat(caller.owned("west")).isEmpty();
        assertThat(caller.owned("")).isEmpty();
        assertThat(owner(Set.of(), new Clinic("r", null, "Realm", true)).owned("r"))
                .isEmpty();
    }

    @Property
    void administratorsRightsAreKeycloaks(@ForAll Set<Right> rights) {
        Administrator administrator = new Administrator(rights);

        assertThat(AccessPolicy.maySeeStaff(administrator)).isEqualTo(rights.contains(Right.VIEW_USERS));
        assertThat(AccessPolicy.mayEndSessionsOfStaff(administrator)).isEqualTo(rights.contains(Right.MANAGE_USERS));
        assertThat(AccessPolicy.maySeeSettings(administrator)).isEqualTo(rights.contains(Right.VIEW_REALM));
        assertThat(AccessPolicy.mayChangeSettings(administrator)).isEqualTo(rights.contains(Right.MANAGE_REALM));
        assertThat(AccessPolicy.mayReadLedger(administrator)).isEqualTo(rights.contains(Right.VIEW_EVENTS));
    }

    @Provide
    Arbitrary<List<Clinic>> clinics() {
        return ids().map(ids -> ids.stream().map(OverseeingTest::clinic).toList());
    }

    @Provide
    Arbitrary<Person> persons() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false), ids(), ids(), ids())
                .as((service, administrator, of, owned, hidden) ->
                        new Person("p", service, administrator, of, common(of, owned), common(of, hidden)));
    }

    private static Arbitrary<Set<String>> ids() {
        return Arbitraries.of("north", "south", "west").set();
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    private static boolean isRecent(boolean impersonated, @Nullable Instant signedInAt) {
        return AccessPolicy.isRecent(
                new Caller("me", false, Set.of(), Set.of(), List.of(NORTH), impersonated, signedInAt), NOW);
    }

    private static Clinic clinic(String alias) {
        return new Clinic(alias, alias, alias, true);
    }

    private static Caller owner(Set<AccountRight> rights, Clinic... clinics) {
        return new Caller("me", false, rights, Set.of(), List.of(clinics), false, NOW);
    }

    private static Person person(String id, Set<String> clinicIds, Set<String> ownedClinicIds) {
        return new Person(id, false, false, clinicIds, ownedClinicIds, Set.of());
    }
}

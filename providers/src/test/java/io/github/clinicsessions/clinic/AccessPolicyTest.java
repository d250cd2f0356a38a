package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.Caller.RealmRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    @Test
    void devicesAreNamedAndForgottenByThePersonOnly() {
        var manage = EnumSet.of(AccountRight.MANAGE);
        var view = EnumSet.of(AccountRight.VIEW);

        assertThat(AccessPolicy.mayChangeOwnDevices(new Caller("u", false, manage, Set.of())))
                .isTrue();
        assertThat(AccessPolicy.mayChangeOwnDevices(new Caller("u", false, view, Set.of())))
                .isFalse();
        assertThat(AccessPolicy.mayChangeOwnDevices(new Caller("u", true, manage, Set.of())))
                .isFalse();
        assertThat(AccessPolicy.mayChangeOwnDevices(new Caller("u", false, manage, Set.of(), List.of(), true, null)))
                .isFalse();
    }

    @Test
    void manageAccountSeesAndEnds() {
        Caller caller = new Caller("u", false, EnumSet.of(AccountRight.MANAGE), Set.of());

        assertThat(AccessPolicy.maySeeOwnSessions(caller)).isTrue();
        assertThat(AccessPolicy.mayEndOwnSessions(caller)).isTrue();
    }

    @Test
    void viewProfileSeesOnly() {
        Caller caller = new Caller("u", false, EnumSet.of(AccountRight.VIEW), Set.of());

        assertThat(AccessPolicy.maySeeOwnSessions(caller)).isTrue();
        assertThat(AccessPolicy.mayEndOwnSessions(caller)).isFalse();
    }

    @Test
    void nobodyReportsInThePersonsName() {
        Set<AccountRight> rights = EnumSet.of(AccountRight.MANAGE);

        assertThat(AccessPolicy.mayReport(new Caller("u", false, rights, Set.of())))
                .isTrue();
        assertThat(AccessPolicy.mayReport(new Caller("u", false, rights, Set.of(), List.of(), true, null)))
                .isFalse();
        assertThat(AccessPolicy.mayReport(new Caller("u", false, EnumSet.of(AccountRight.VIEW), Set.of())))
                .isFalse();
        assertThat(AccessPolicy.mayReport(new Caller("u", true, rights, Set.of())))
                .isFalse();
    }

    @Test
    void withoutARoleThereIsNothing() {
        assertThat(AccessPolicy.maySeeOwnSessions(new Caller("u", false, Set.of(), Set.of())))
                .isFalse();
    }

    @Property
    void serviceAccountsHaveNoSessionsOfTheirOwn(@ForAll Set<AccountRight> rights) {
        assertThat(AccessPolicy.maySeeOwnSessions(new Caller("u", true, rights, Set.of())))
                .isFalse();
        assertThat(AccessPolicy.mayEndOwnSessions(new Caller("u", true, rights, Set.of())))
                .isFalse();
    }

    @Property
    void everyPersonMayBeThere(@ForAll Set<AccountRight> rights, @ForAll boolean serviceAccount) {
        assertThat(AccessPolicy.mayReportActivity(new Caller("u", serviceAccount, rights, Set.of())))
                .isEqualTo(!serviceAccount);
    }

    @Property
    void whoMayEndMaySee(@ForAll Set<AccountRight> rights, @ForAll boolean serviceAccount) {
        Caller caller = new Caller("u", serviceAccount, rights, Set.of());

        assertThat(!AccessPolicy.mayEndOwnSessions(caller) || AccessPolicy.maySeeOwnSessions(caller))
                .isTrue();
    }

    @Property
    void aFurtherRoleNeverTakesARightAway(@ForAll Set<AccountRight> rights, @ForAll AccountRight further) {
        Set<AccountRight> more = EnumSet.of(further);
        more.addAll(rights);

        assertThat(!AccessPolicy.mayEndOwnSessions(new Caller("u", false, rights, Set.of()))
                        || AccessPolicy.mayEndOwnSessions(new Caller("u", false, more, Set.of())))
                .isTrue();
    }

    @Test
    void theFeedIsForServiceAccountsWithTheRole() {
        assertThat(AccessPolicy.mayReadEndedSessions(new Caller("u", true, Set.of(), Set.of(RealmRole.API))))
                .isTrue();
        assertThat(AccessPolicy.mayReadEndedSessions(
                        new Caller("u", true, EnumSet.allOf(AccountRight.class), Set.of())))
                .isFalse();
    }

    @Property
    void theFeedIsForNoPerson(@ForAll Set<AccountRight> rights, @ForAll Set<RealmRole> roles) {
        assertThat(AccessPolicy.mayReadEndedSessions(new Caller("u", false, rights, roles)))
                .isFalse();
    }

    @Test
    void preflightIsForWhoeverMaySeeTheRealm() {
        assertThat(AccessPolicy.maySeePreflight(new Administrator(Set.of(Administrator.Right.VIEW_REALM))))
                .isTrue();
        assertThat(AccessPolicy.maySeePreflight(new Administrator(Set.of()))).isFalse();
    }

    @Test
    void theLedgerIsForThoseWhoSeeEvents() {
        assertThat(AccessPolicy.mayVerifyLedger(new Administrator(Set.of(Administrator.Right.VIEW_EVENTS))))
                .isTrue();
        assertThat(AccessPolicy.mayVerifyLedger(new Administrator(Set.of(Administrator.Right.VIEW_REALM))))
                .isFalse();
    }
}

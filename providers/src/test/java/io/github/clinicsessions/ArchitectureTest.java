package io.github.clinicsessions;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;

/** The walls of the house. Each message says which way to go instead. */
@AnalyzeClasses(packages = "io.github.clinicsessions", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ROOMS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("account")
            .definedBy("..clinicsessions.account..")
            .layer("api")
            .definedBy("..clinicsessions.api..")
            .layer("admin")
            .definedBy("..clinicsessions.admin..")
            .layer("login")
            .definedBy("..clinicsessions.login..")
            .layer("caep")
            .definedBy("..clinicsessions.caep..")
            .layer("mail")
            .definedBy("..clinicsessions.mail..")
            .layer("clinic")
            .definedBy("..clinicsessions.clinic..")
            .layer("text")
            .definedBy("..clinicsessions.text..")
            .layer("session")
            .definedBy("..clinicsessions.session..")
            .layer("device")
            .definedBy("..clinicsessions.device..")
            .layer("geo")
            .definedBy("..clinicsessions.geo..")
            .layer("timeout")
            .definedBy("..clinicsessions.timeout..")
            .layer("limit")
            .definedBy("..clinicsessions.limit..")
            .layer("bounds")
            .definedBy("..clinicsessions.bounds..")
            .layer("registry")
            .definedBy("..clinicsessions.registry..")
            .layer("audit")
            .definedBy("..clinicsessions.audit..")
            .layer("platform")
            .definedBy("..clinicsessions.platform..")
            .whereLayer("account")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("login")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("caep")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("mail")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api") // admin answers with the same JSON
            .mayOnlyBeAccessedByLayers("admin")
            .whereLayer("clinic")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "mail")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("account", "api", "login", "mail")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "login", "caep", "mail", "clinic")
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "login", "mail", "text", "clinic", "session")
            .whereLayer("geo")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "mail", "text", "clinic", "session")
            .whereLayer("timeout")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "clinic", "session", "bounds")
            .whereLayer("limit")
            .mayOnlyBeAccessedByLayers("login", "admin", "clinic", "session")
            .whereLayer("bounds")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "clinic")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("account", "api", "admin", "login", "mail", "clinic", "session")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers(
                    "account", "api", "admin", "login", "caep", "mail", "clinic", "session", "bounds")
            .whereLayer("platform")
            .mayNotAccessAnyLayer()
            .because("arrows point down only: move what both need into a lower room");

    private static final Set<String> ENDING_METHODS = Set.of(
            "removeUserSession",
            "removeUserSessions",
            "removeOfflineUserSession",
            "backchannelLogout",
            "backchannelLogoutUserFromClient",
            "backchannelLogoutUserSessionFromClient",
            "browserLogout",
            "finishBrowserLogout",
            "logout",
            "revokeOfflineUserSession",
            "revokeOfflineToken");

    @ArchTest
    static final ArchRule ONE_WAY_OUT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.github.clinicsessions.session.SessionRemover")
            .should()
            .callCodeUnitWhere(new DescribedPredicate<JavaCall<?>>("a method of Keycloak's that ends a session") {
                @Override
                public boolean test(JavaCall<?> call) {
                    return ENDING_METHODS.contains(call.getTarget().getName())
                            && (call.getTargetOwner().isAssignableTo(UserSessionProvider.class)
                                    || call.getTargetOwner().isEquivalentTo(AuthenticationManager.class)
                                    || call.getTargetOwner().isEquivalentTo(UserSessionManager.class));
                }
            })
            .because("a session ends with a cause and an actor or not at all: call SessionTerminator.end");

    @ArchTest
    static final ArchRule ONE_WAY_TO_DECIDE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.github.clinicsessions.session.SessionTerminator")
            .should()
            .callCodeUnitWhere(
                    new DescribedPredicate<JavaCall<?>>("what writes the end of sessions that are decided on") {
                        @Override
                        public boolean test(JavaCall<?> call) {
                            return call.getTarget().getName().equals("decide")
                                    && call.getTargetOwner().getSimpleName().equals("Intents");
                        }
                    })
            .because("whoever writes that sessions are to end ends them too: call SessionTerminator.endDecided");

    @ArchTest
    static final ArchRule ENTITIES_STAY_HOME = noClasses()
            .that()
            .resideOutsideOfPackage("..jpa..")
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.persistence.."))
            .because("only ..jpa packages know entities: go through the room's provider, which gives records");

    @ArchTest
    static final ArchRule POLICIES_ARE_PURE = noClasses()
            .that()
            .haveSimpleNameEndingWith("Policy")
            .and()
            .doNotHaveSimpleName("ContentSecurityPolicy")
            .should()
            .dependOnClassesThat(resideInAPackage("org.keycloak.."))
            .because(
                    "a policy is tested without Keycloak: let a factory such as Callers read Keycloak and pass a record");

    private static final Set<String> ROLE_QUESTIONS = Set.of(
            "hasRole",
            "hasDirectRole",
            "isUserInRole",
            "hasAppRole",
            "hasClientRole",
            "hasRealmRole",
            "hasOneAdminRole",
            "canViewRealm",
            "requireViewRealm",
            "canManageRealm",
            "requireManageRealm");

    @ArchTest
    static final ArchRule RIGHTS_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..clinicsessions.clinic..", "..clinicsessions.timeout..", "..clinicsessions.limit..") // no right
            .should()
            .callCodeUnitWhere(new DescribedPredicate<JavaCall<?>>("a question for a role") {
                @Override
                public boolean test(JavaCall<?> call) {
                    return ROLE_QUESTIONS.contains(call.getTarget().getName());
                }
            })
            .because("who may do what is decided in AccessPolicy, from a Caller or an Administrator");

    @ArchTest
    static final ArchRule NO_REFLECTION = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
            .because("Keycloak is used by its SPIs only");

    @ArchTest
    static final ArchRule OWN_PACKAGES = classes().should().resideInAPackage("io.github.clinicsessions..");
}

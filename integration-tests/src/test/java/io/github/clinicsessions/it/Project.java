package io.github.clinicsessions.it;

import java.nio.file.Path;
import java.util.List;

/** Where things lie in the checkout, and which Keycloak the build is for. */
public final class Project {

    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

    private Project() {}

    public static Path root() {
        return ROOT;
    }

    /** What a test run leaves behind. */
    public static Path target() {
        return ROOT.resolve("integration-tests/target");
    }

    /** The number of this JVM among those that run tests side by side, from 1. */
    static int fork() {
        return Integer.getInteger("kc.it.fork", 1);
    }

    public static Path demoRealm() {
        return ROOT.resolve("realm-export/clinic-realm.json");
    }

    /** With organizations. */
    public static Path demoRealmOfClinics() {
        return ROOT.resolve("realm-export/clinics-realm.json");
    }

    /** The jars under test, as they are deployed. */
    public static List<Path> jars() {
        return List.of(
                ROOT.resolve("providers/target/keycloak-clinic-sessions.jar"),
                ROOT.resolve("themes/target/keycloak-clinic-sessions-theme.jar"));
    }

    public static String keycloakVersion() {
        var version = System.getProperty("keycloak.version");
        if (version == null) {
            throw new IllegalStateException("run through Maven, or pass -Dkeycloak.version and -Dproject.root");
        }
        return version;
    }
}

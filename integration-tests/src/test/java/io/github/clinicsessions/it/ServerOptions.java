package io.github.clinicsessions.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * With which options a Keycloak is built and run. {@link #STANDARD} is the server of all; a test class that
 * needs another one says which, and it lives as long as the class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestRealm REALM = TestRealm.clinic().on(ServerOptions.named("slow").runWith("--db-pool-max-size=1"));
 * }</pre>
 *
 * Options for the build cost a copy of Keycloak's home and half a minute the first time; options for the run cost a start,
 * 10 to 15 s.
 *
 * @param name in the names of its logs and of its home; empty for the standard one
 * @param build options of {@code kc.sh build} beside {@link #BUILD_OPTIONS}
 * @param run options of {@code kc.sh start}, all but ports, database and logs
 * @param clustered whether further nodes may join, see {@link Launch#second}; otherwise its caches are local, and a start is quicker
 */
public record ServerOptions(String name, List<String> build, List<String> run, boolean clustered) {

    /** What every server is built with. */
    static final List<String> BUILD_OPTIONS = List.of("--db=postgres", "--health-enabled=true");

    /** As the demo and the compose file have it: see docs of the same names in Keycloak's guides. */
    public static final ServerOptions STANDARD = new ServerOptions(
            "",
            List.of(),
            List.of(
                    "--spi-user-sessions--infinispan--use-caches=false",
                    "--spi-connections-http-client--default--socket-timeout-millis=2000",
                    "--spi-connections-http-client--default--establish-connection-timeout-millis=1000"),
            false);

    /** With all that needs one of Keycloak's optional features: one build for all of them. */
    static ServerOptions withFeatures(String name) {
        return named(name).builtWith("--features=declarative-ui,ssf");
    }

    public ServerOptions {
        build = List.copyOf(build);
        run = List.copyOf(run);
    }

    /** The standard options, to be changed; lower case letters, digits and hyphens. */
    public static ServerOptions named(String name) {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("part of file names: " + name);
        }
        return new ServerOptions(name, STANDARD.build(), STANDARD.run(), STANDARD.clustered());
    }

    /** A cluster, of one node to begin with. */
    public ServerOptions asCluster() {
        return new ServerOptions(name, build, run, true);
    }

    /** For a further server from the same home: with logs of its own. */
    ServerOptions renamed(String suffix) {
        return new ServerOptions(name + "-" + suffix, build, run, clustered);
    }

    public ServerOptions builtWith(String... options) {
        return new ServerOptions(name, plus(build, options), run, clustered);
    }

    public ServerOptions runWith(String... options) {
        return new ServerOptions(name, build, plus(run, options), clustered);
    }

    /** Keycloak's default for an option of the run; the option's name, without a value. */
    public ServerOptions runWithout(String option) {
        var left = run.stream().filter(one -> !one.startsWith(option + "=")).toList();
        if (left.size() == run.size()) {
            throw new IllegalArgumentException(option + " is not among " + run);
        }
        return new ServerOptions(name, build, left, clustered);
    }

    /** A file name with this server's name before its extension, and the number of the JVM that is not the first. */
    String fileName(String base, String extension) {
        return base + suffix() + (Project.fork() == 1 ? "" : "-" + Project.fork()) + extension;
    }

    /** Servers that are built alike share a home. */
    String homeName() {
        return "keycloak-" + Project.keycloakVersion() + String.join("", build).replaceAll("[^a-z0-9]+", "-");
    }

    private String suffix() {
        return name.isEmpty() ? "" : "-" + name;
    }

    private static List<String> plus(List<String> options, String... further) {
        var all = new ArrayList<>(options);
        all.addAll(Arrays.asList(further));
        return all;
    }
}

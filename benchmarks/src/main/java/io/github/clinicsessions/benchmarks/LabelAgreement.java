package io.github.clinicsessions.benchmarks;

import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.DeviceLabels;
import io.github.clinicsessions.device.Hints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * How often our labels agree with public regular expressions on a sample of real user agents, by weight. The sample is split by a
 * hash: one half to look at while the tables are mended, the other to report on. {@code benchmarks/user-agents/compare} fetches both.
 */
public final class LabelAgreement {

    /** Stands for the client's id, which labels what names no browser. */
    private static final String CLIENT = "client";

    private static final int SAMPLE_BYTES = 200_000_000;
    private static final int SHOWN = 25;

    /** What others pretend to be, and what names nobody. */
    private static final Set<String> GENERIC = Set.of("Safari", "Chrome", CLIENT);

    private final Parser parser;
    private final Properties names;

    private LabelAgreement(Parser parser, Properties names) {
        this.parser = parser;
        this.names = names;
    }

    /**
     * Prints the agreement.
     *
     * @param args the half ("develop" or "report"), the sample (JSON), the regular expressions (YAML), the names
     *     (properties)
     */
    public static void main(String[] args) throws IOException {
        boolean report = args[0].equals("report");
        Properties names = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[3]))) {
            names.load(reader);
        }
        try (InputStream regexes = Files.newInputStream(Path.of(args[2]))) {
            new LabelAgreement(new Parser(regexes), names).print(half(Path.of(args[1]), report), report);
        }
    }

    private void print(Map<String, Double> weights, boolean report) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double same = 0;
        double sameBrowser = 0;
        double moreByUs = 0;
        double sameSystem = 0;
        Map<String, Disagreement> others = new HashMap<>();
        for (var entry : weights.entrySet()) {
            Device ours = DeviceLabels.of(entry.getKey(), Hints.NONE, CLIENT);
            Client theirs = parser.parse(entry.getKey());
            String browser = name("browser", theirs.userAgent.family);
            String system = theirs.os.family.equals("iOS")
                    ? name("device", theirs.device.family)
                    : name("os", theirs.os.family);
            boolean browsersAgree = Objects.equals(ours.browser(), browser);
            boolean systemsAgree = Objects.equals(ours.os(), system);
            sameBrowser += browsersAgree ? entry.getValue() : 0;
            sameSystem += systemsAgree ? entry.getValue() : 0;
            moreByUs += !browsersAgree && systemsAgree && saysMore(ours.browser(), browser) ? entry.getValue() : 0;
            if (browsersAgree && systemsAgree) {
                same += entry.getValue();
            } else {
                others.computeIfAbsent(
                                        ours.browser() + " on " + ours.os() + " | " + browser + " on " + system,
                                        key -> new Disagreement(key, entry.getKey()))
                                .weight +=
                        entry.getValue();
            }
        }
        say("%s half: %d user agents, weight %.4f of the sample", report ? "report" : "develop", weights.size(), all);
        say(
                "agree: %.3f %% (browser %.3f %%, system %.3f %%)",
                percent(same, all), percent(sameBrowser, all), percent(sameSystem, all));
        say(
                "of the rest, ours name a browser that is built on the one that they name: %.3f %%",
                percent(moreByUs, all));
        others.values().stream()
                .sorted(Comparator.comparingDouble((Disagreement other) -> -other.weight))
                .limit(SHOWN)
                .forEach(other -> say(
                        "%.3f %%  ours | theirs: %s%n          %s",
                        percent(other.weight, all), other.labels, report ? "(held out)" : other.example));
    }

    /** Such as Brave, which they take for the Safari that it is built on. */
    private static boolean saysMore(@Nullable String ours, @Nullable String theirs) {
        return theirs != null && ours != null && GENERIC.contains(theirs) && !GENERIC.contains(ours);
    }

    /** As we call it; null for what says nothing. */
    private @Nullable String name(String kind, @Nullable String family) {
        if (family == null || family.equals("Other")) {
            return null;
        }
        return names.getProperty(kind + "." + family.replace(' ', '_'), family);
    }

    private static Map<String, Double> half(Path sample, boolean report) throws IOException {
        var options = new LoaderOptions();
        options.setCodePointLimit(SAMPLE_BYTES);
        Map<String, Double> weights = new HashMap<>();
        List<Map<String, Object>> rows = new Yaml(options).load(Files.readString(sample)); // JSON is YAML
        for (var row : rows) {
            String userAgent = (String) Objects.requireNonNull(row.get("userAgent"));
            if (isReported(userAgent) == report) {
                weights.merge(
                        userAgent, ((Number) Objects.requireNonNull(row.get("weight"))).doubleValue(), Double::sum);
            }
        }
        return weights;
    }

    private static boolean isReported(String userAgent) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(userAgent.getBytes(StandardCharsets.UTF_8));
            return (hash[0] & 1) == 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double percent(double part, double all) {
        return 100 * part / all;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static final class Disagreement {

        private final String labels;
        private final String example;
        private double weight;

        Disagreement(String labels, String example) {
            this.labels = labels;
            this.example = example;
        }
    }
}

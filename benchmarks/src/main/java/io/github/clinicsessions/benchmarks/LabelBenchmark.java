package io.github.clinicsessions.benchmarks;

import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.DeviceLabels;
import io.github.clinicsessions.device.Hints;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import ua_parser.Client;
import ua_parser.Parser;

/** One label, ours with its hints read from their headers, and ua-parser's without the cache that Keycloak puts before it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LabelBenchmark {

    /** Names of {@link Sample}s. */
    @Param({"CHROME", "SAFARI", "APP", "WORDS", "TOKENS", "DIGITS", "SPACES", "BRACKETS"})
    public Sample sample = Sample.CHROME;

    private final Parser parser = new Parser();
    private String userAgent = "";

    /** What is sent. The later ones are hostile: 512 characters that are meant to cost something. */
    public enum Sample {
        CHROME(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"),
        SAFARI("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                + "Version/26.0 Mobile/15E148 Safari/604.1"),
        APP("okhttp/4.12.0"),
        /** As many words as there can be, none of which the tables know. */
        WORDS("a ".repeat(256)),
        /** As many as there can be that they know. */
        TOKENS("wv;PC;TV;".repeat(60)),
        DIGITS("Mozilla/5.0 (Linux; Android 10; " + "1".repeat(512)),
        SPACES("Mozilla/5.0 (Linux; Android 10; " + " ".repeat(512) + "Build"),
        BRACKETS("Mozilla/5.0 (compatible; " + "(;/".repeat(200));

        private static final int CAP = 512;

        private final String userAgent;

        Sample(String userAgent) {
            this.userAgent = userAgent.length() > CAP ? userAgent.substring(0, CAP) : userAgent;
        }
    }

    @Setup
    public void choose() {
        userAgent = sample.userAgent;
    }

    @Benchmark
    public Device ours() {
        Hints hints = Hints.of(
                "\"Google Chrome\";v=\"141\", \"Not?A_Brand\";v=\"8\", \"Chromium\";v=\"141\"",
                "?0",
                "\"Windows\"",
                "\"19.0.0\"");
        return DeviceLabels.of(userAgent, hints, "clinic-app");
    }

    @Benchmark
    public Client uaParser() {
        return parser.parse(userAgent);
    }
}

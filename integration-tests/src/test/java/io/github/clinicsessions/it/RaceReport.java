package io.github.clinicsessions.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A table for {@code docs/benchmarks.md}, on the console and in {@code target/race.md}. */
final class RaceReport {

    private static final String HEAD = """
            | realm | who ends it | who uses it | sessions that lived on | ms to the answer, median (most) |
            |---|---|---|---|---|
            """;

    private final List<String> lines = new ArrayList<>();

    void add(String realm, RaceWay way, RaceUse use, Race.Result result) {
        var line = String.format(
                "| %s | %s | %s | %d of %d | %s |",
                realm, way.title(), use.title(), result.lived().size(), result.rounds(), millis(result.answerMillis()));
        lines.add(line);
        System.out.println(line + (result.lived().isEmpty() ? "" : " " + result.lived()));
        if (!way.grace().isZero()) {
            System.out.println("  ms from the answer until all was refused: " + millis(result.refusedMillis()));
        }
    }

    void write() throws IOException {
        var table = HEAD + String.join("\n", lines) + "\n";
        Files.writeString(Project.target().resolve("race.md"), table);
    }

    private static String millis(List<Long> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? "-"
                : sorted.get((sorted.size() - 1) / 2) + " (" + sorted.get(sorted.size() - 1) + ")";
    }
}

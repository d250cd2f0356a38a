package io.github.clinicsessions.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;

/** A table for {@code docs/benchmarks.md}, on the console and in {@code target}. */
final class LimitRaceReport {

    private static final String HEAD = """
            | who keeps the limit | nodes | sign-ins at once | allowed | rounds | rounds with more | lived, least to most |
            |---|---|---|---|---|---|---|
            """;

    private final List<String> lines = new ArrayList<>();

    /** @param lived of each round: how many sessions */
    void add(String who, int nodes, int allowed, List<Integer> lived) {
        IntSummaryStatistics statistics =
                lived.stream().mapToInt(Integer::intValue).summaryStatistics();
        var line = String.format(
                "| %s | %d | %d | %d | %d | %d | %d to %d |",
                who,
                nodes,
                LimitRace.SIGN_INS,
                allowed,
                lived.size(),
                lived.stream().filter(one -> one > allowed).count(),
                statistics.getMin(),
                statistics.getMax());
        lines.add(line);
        System.out.println(line);
    }

    void write(String file) throws IOException {
        Files.writeString(Project.target().resolve(file), HEAD + String.join("\n", lines) + "\n");
    }
}

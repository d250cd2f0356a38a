package io.github.clinicsessions.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

    private final AtomicInteger loads = new AtomicInteger();

    @TempDir
    Path folder;

    private Path path;
    private DatabaseFile file;

    @BeforeEach
    void noFileYet() {
        path = folder.resolve("countries.mmdb");
        file = new DatabaseFile(
                path,
                one -> {
                    loads.incrementAndGet();
                    return MmdbCountries.load(one);
                },
                Clock.systemUTC());
    }

    @Test
    void aFileThatComesLaterIsLoadedThen() throws Exception {
        file.refresh();
        assertThat(file.current()).isNull();

        write("DE");
        file.refresh();
        assertThat(country()).isEqualTo("DE");
    }

    @Test
    void aFileIsLoadedAgainWhenItHasChangedAndOnlyThen() throws Exception {
        write("DE");
        file.refresh();
        file.refresh();
        assertThat(loads).hasValue(1);

        write("FR"); // of the same size, in the place of the other
        file.refresh();
        assertThat(country()).isEqualTo("FR");
        assertThat(loads).hasValue(2);

        Files.write(path, database("US"));
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-01-01T00:00:00Z"))); // an older one again
        file.refresh();
        assertThat(country()).isEqualTo("US");
    }

    @Test
    void whatIsBrokenIsNotTakenAndTriedOnce() throws Exception {
        write("DE");
        file.refresh();
        var whole = database("FR");
        Files.write(path, Arrays.copyOf(whole, whole.length / 2));
        file.refresh();
        file.refresh();
        assertThat(country()).isEqualTo("DE");
        assertThat(loads).hasValue(2);

        Files.writeString(path, "<html>");
        file.refresh();
        assertThat(country()).isEqualTo("DE");

        write("FR");
        file.refresh();
        assertThat(country()).isEqualTo("FR");
    }

    @Test
    void whatIsGoneStaysLoadedAndMayComeBack() throws Exception {
        write("DE");
        file.refresh();
        Files.delete(path);
        file.refresh();
        file.refresh();
        assertThat(country()).isEqualTo("DE");

        write("FR");
        file.refresh();
        assertThat(country()).isEqualTo("FR");
    }

    @Test
    void whatIsWrittenOverWhileItIsLoadedIsNotTakenBeforeTheNextLook() throws Exception {
        var writing = new AtomicBoolean(true);
        var slow = new DatabaseFile(
                path,
                one -> {
                    var loaded = MmdbCountries.load(one);
                    if (writing.getAndSet(false)) {
                        write("FR");
                    }
                    return loaded;
                },
                Clock.systemUTC());
        write("DE");
        slow.refresh();
        assertThat(slow.current()).isNull();
        slow.refresh();
        assertThat(Objects.requireNonNull(slow.current()).country(address())).contains("FR");
    }

    /** Each look-up has a country while files come, break and go; and what somebody holds stays as it was. */
    @Test
    void nobodyFailsWhileItIsReplaced() throws Exception {
        write("DE");
        file.refresh();
        var held = Objects.requireNonNull(file.current());
        var stop = new AtomicBoolean();
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> lookUps = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Callable<Integer> lookingUp = () -> {
                    int found = 0;
                    while (!stop.get()) {
                        assertThat(country()).isIn("DE", "FR");
                        found++;
                    }
                    return found;
                };
                lookUps.add(threads.submit(lookingUp));
            }
            for (int round = 0; round < 100; round++) {
                switch (round % 4) {
                    case 0 -> write("FR");
                    case 1 -> Files.write(path, new byte[round]);
                    case 2 -> Files.delete(path);
                    default -> write("DE");
                }
                file.refresh();
            }
            stop.set(true);
            for (var lookUp : lookUps) {
                assertThat(lookUp.get()).isPositive();
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
        assertThat(held.country(address())).contains("DE");
        assertThat(country()).isEqualTo("DE");
    }

    private String country() throws Exception {
        return Objects.requireNonNull(file.current()).country(address()).orElse("none");
    }

    private void write(String code) {
        new MmdbWriter().country("5.0.0.0/8", code).writeTo(path);
    }

    private static byte[] database(String code) {
        return new MmdbWriter().country("5.0.0.0/8", code).bytes();
    }

    private static InetAddress address() throws IOException {
        return InetAddress.getByName("5.1.2.3");
    }
}

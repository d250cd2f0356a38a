package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that is deployed: ours, and what is shaded on purpose under another name. */
class ProvidersJarIT {

    @Test
    void hasNothingThatCouldBeTakenForAnothersCopy() throws IOException {
        assertThat(entries())
                .contains("io/github/clinicsessions/shaded/maxmind/db/Reader.class")
                .allMatch(name -> name.startsWith("io/github/clinicsessions/")
                        || name.startsWith("META-INF/")
                        || name.startsWith("theme-resources/")
                        || name.startsWith("clinic-idle/")
                        || List.of("io/", "io/github/").contains(name));
    }

    @Test
    void hasTheLicenceAndSaysWhatIsShaded() throws IOException {
        assertThat(entries())
                .contains("META-INF/LICENSE", "META-INF/THIRD-PARTY", "META-INF/beans.xml")
                .noneMatch(name -> name.startsWith("META-INF/maven/") || name.endsWith("module-info.class"));
    }

    private static List<String> entries() throws IOException {
        try (var jar = new JarFile(Project.jars().get(0).toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}

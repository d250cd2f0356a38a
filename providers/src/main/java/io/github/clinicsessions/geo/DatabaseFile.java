package io.github.clinicsessions.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A file of countries, loaded again when it has changed. Whoever looks up takes {@link #current}, which is replaced whole: an earlier
 * one stays usable for as long as somebody holds it. One thread calls {@link #refresh}.
 */
final class DatabaseFile {

    /** From then on it is warned of: networks change hands, and makers publish monthly or more often. */
    static final Duration OLD = Duration.ofDays(90);

    private static final Logger LOG = Logger.getLogger(DatabaseFile.class);

    /** Reads a whole file. */
    interface Loader {
        CountryData load(Path file) throws IOException;
    }

    private final Path path;
    private final Loader loader;
    private final Clock clock;
    private final AtomicReference<@Nullable CountryData> current = new AtomicReference<>();
    private @Nullable Stamp tried;
    private boolean gone;

    DatabaseFile(Path path, Loader loader, Clock clock) {
        this.path = path;
        this.loader = loader;
        this.clock = clock;
    }

    /** What was loaded last; null before anything was. */
    @Nullable
    CountryData current() {
        return current.get();
    }

    /** Loads the file if it is not the one that was tried last. What cannot be loaded is logged, once, and changes nothing. */
    void refresh() {
        try {
            Stamp stamp = Stamp.of(path);
            gone = false;
            if (!stamp.equals(tried)) {
                tried = stamp;
                load(stamp);
            }
        } catch (IOException e) {
            if (!gone) {
                LOG.warnf("database of countries %s cannot be read (%s), %s", path, e, whatStays());
            }
            gone = true;
            tried = null;
        }
    }

    private void load(Stamp stamp) throws IOException {
        CountryData loaded;
        try {
            loaded = loader.load(path);
        } catch (IOException e) {
            LOG.warnf("database of countries %s is not taken (%s), %s", path, e.getMessage(), whatStays());
            return;
        }
        if (!stamp.equals(Stamp.of(path))) { // somebody is writing it: the next look takes it
            tried = null;
            return;
        }
        current.set(loaded);
        Duration age = Duration.between(loaded.built(), clock.instant());
        if (age.compareTo(OLD) > 0) {
            LOG.warnf(
                    "countries are told by database %s of %s, %d days old: get a newer one",
                    loaded.type(), loaded.built(), age.toDays());
        } else {
            LOG.infof(
                    "countries are told by database %s of %s, %d days old",
                    loaded.type(), loaded.built(), Math.max(0, age.toDays()));
        }
    }

    private String whatStays() {
        return current.get() == null ? "no country is known" : "what was loaded before stays";
    }

    /** Tells one content of the file from another without reading it. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }
}

package io.github.clinicsessions.it;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Keycloak that somebody started; closing it ends it and everything that was started with it. */
interface Launch extends AutoCloseable {

    /** Without a slash at the end. */
    String url();

    Database database();

    /** Everything the server logged, SQL statements included; {@code null} where there is no such file. */
    @Nullable
    Path log();

    @Override
    void close();
}

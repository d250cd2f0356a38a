package io.github.clinicsessions.clinic;

import io.github.clinicsessions.session.SessionView;
import org.jspecify.annotations.Nullable;

/**
 * A session as those see it who oversee the person.
 *
 * @param view with the applications that they may know of, and without the name of a clinic
 * @param otherApplications how many more there are
 * @param timeout why it ends if nobody uses it; null if only its offline access is left
 */
public record OverseenSession(
        SessionView view, int otherApplications, @Nullable TimeoutReason timeout) {}

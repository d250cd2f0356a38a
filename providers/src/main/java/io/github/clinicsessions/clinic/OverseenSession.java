package io.github.clinicsessions.clinic;

import io.github.clinicsessions.session.SessionView;

/**
 * A session as those see it who oversee the person.
 *
 * @param view with the applications that they may know of
 * @param otherApplications how many more there are
 */
public record OverseenSession(SessionView view, int otherApplications) {}

package io.github.clinicsessions.geo;

import org.jspecify.annotations.Nullable;

/**
 * Whose data countries are from, to be shown wherever they are.
 *
 * @param text plain
 * @param url of an http or https address; null for none
 */
public record Attribution(String text, @Nullable String url) {}

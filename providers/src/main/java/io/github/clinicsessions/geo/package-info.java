/**
 * Where in the world an address is, by country, from data on this server only: the SPI {@code clinic-geo}, its implementations
 * {@code maxmind} (a database file) and {@code none}. Everybody asks by way of {@code Places}, which tells local networks first
 * and never fails. Nobody outside is ever asked.
 */
@NullMarked
package io.github.clinicsessions.geo;

import org.jspecify.annotations.NullMarked;

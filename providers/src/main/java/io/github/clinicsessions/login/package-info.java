/**
 * What people meet of this product while they sign in: the authenticator {@code clinic-session-limit} with its page, why they
 * were signed out here, and that a new password takes the old one first. Decides nothing: {@code limit} and {@code session} do.
 */
@NullMarked
package io.github.clinicsessions.login;

import org.jspecify.annotations.NullMarked;

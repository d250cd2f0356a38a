/**
 * Tells people by mail what was noticed about sign-ins, and owners what was reported. Sends by Keycloak's own email
 * provider, after the transaction, never in a sign-in's way. No rule about what is worth a mail may enter.
 */
@NullMarked
package io.github.clinicsessions.mail;

import org.jspecify.annotations.NullMarked;

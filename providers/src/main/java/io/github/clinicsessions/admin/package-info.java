/**
 * Admin REST: what lies under {@code /admin/realms/{realm}/clinic-sessions}. Asks {@code AccessPolicy} and calls services;
 * contains no rule.
 */
@NullMarked
package io.github.clinicsessions.admin;

import org.jspecify.annotations.NullMarked;

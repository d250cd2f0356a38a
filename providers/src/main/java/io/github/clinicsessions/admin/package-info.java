/**
 * Admin REST, under {@code /admin/realms/{realm}/clinic-sessions}. Contains no rule: Keycloak authenticates, {@code clinic}
 * says who may, the other rooms do it. Errors are those of {@code api}.
 */
@NullMarked
package io.github.clinicsessions.admin;

import org.jspecify.annotations.NullMarked;

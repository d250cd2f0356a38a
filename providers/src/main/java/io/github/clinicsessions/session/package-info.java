/**
 * Sessions as people see them: {@code SessionDirectory} reads, {@code SessionTerminator} is the one way a session of
 * ours ends, {@code SessionEventListener} hears of what Keycloak does to them and {@code KeycloakEndings} sees to it that what
 * Keycloak ends has ended. Only {@code SessionRemover} removes. {@code HumanActivity} knows when humans were last there;
 * {@code IdleSweep} and {@code IdleGate} end and refuse sessions in which nobody was for too long, as {@code IdleJudge} says.
 * {@code Arrivals} judges sign-ins, {@code ReportedSignIns} sees to those that a person has said were not theirs.
 * {@code SessionLimitKeeper} holds people to a number of sessions. No right is decided here.
 */
@NullMarked
package io.github.clinicsessions.session;

import org.jspecify.annotations.NullMarked;

/**
 * Clinics, their owners and their staff: who owns whom, what whoever oversees people may see and do (staff, offboarding, settings,
 * the clinic's ledger), and what people hide from them. {@code AccessPolicy} is the one place that says who may do what; pages
 * and REST calls ask it, and call the same services. No HTML, no JSON.
 */
@NullMarked
package io.github.clinicsessions.clinic;

import org.jspecify.annotations.NullMarked;

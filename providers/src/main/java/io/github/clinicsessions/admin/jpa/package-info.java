/** What the room needs of the database itself. */
@NullMarked
package io.github.clinicsessions.admin.jpa;

import org.jspecify.annotations.NullMarked;

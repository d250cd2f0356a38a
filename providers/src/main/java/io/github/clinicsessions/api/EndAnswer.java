package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code POST …/end}.
 *
 * @param ended how many sessions, of those that the person could see
 * @param receipt as it is at this moment; null if there was nothing to end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record EndAnswer(int ended, @Nullable ReceiptRepresentation receipt) {}

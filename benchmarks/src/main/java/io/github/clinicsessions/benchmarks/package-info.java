/** What code of ours costs, and how often it is right, beside what others do. Never on a server's class path. */
@NullMarked
package io.github.clinicsessions.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Coverage-guided fuzzing of every decoder: {@code bin/fuzz} runs it, {@link org.farwatch.ingest.fuzz.CorpusTest} replays
 * what it found worth keeping. A target lies in the package of what it fuzzes; {@link org.farwatch.ingest.fuzz.Target}
 * lists them all.
 */
package org.farwatch.ingest.fuzz;

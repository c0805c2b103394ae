/**
 * What decoding and storing a position cost, each beside a plain reference measured in the same run; {@code video} does
 * the same for pictures. {@code ./bench} runs all of it and writes {@code benchmarks/results}.
 */
package org.farwatch.benchmarks;

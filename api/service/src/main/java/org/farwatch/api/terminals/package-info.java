/** What vehicle terminals send besides positions: photographs, sound and video as evidence, other messages as facts. */
package org.farwatch.api.terminals;

/** Talking to people and shouting from loudspeakers through devices that have one, with what came of it. */
package org.farwatch.api.talk;

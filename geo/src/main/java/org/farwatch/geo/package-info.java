/**
 * Position, place and presence: what the rest of Farwatch says about where somebody is. Plain Java; the hot path makes
 * no objects per position.
 */
package org.farwatch.geo;

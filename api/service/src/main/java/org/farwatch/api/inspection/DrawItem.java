package org.farwatch.api.inspection;

/**
 * Something that can be drawn.
 *
 * @param id unique within its pool
 * @param squadId that it belongs to, null when to none
 * @param squadName null when it has no squad
 */
record DrawItem(String id, String name, String squadId, String squadName) {}

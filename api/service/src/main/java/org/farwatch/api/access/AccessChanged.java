package org.farwatch.api.access;

/**
 * What a user may do changed, or one of his credentials ended: published after the commit, on the thread that made the
 * change. Connections opened before must be closed; whoever still may opens them again.
 */
public record AccessChanged(long userId) {}

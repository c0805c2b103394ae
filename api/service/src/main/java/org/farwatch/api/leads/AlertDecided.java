package org.farwatch.api.leads;

import org.farwatch.api.access.Caller;

/** Somebody decided an alert; published after that is in the database. */
public record AlertDecided(long id, String kind, AlertState state, Caller by) {}

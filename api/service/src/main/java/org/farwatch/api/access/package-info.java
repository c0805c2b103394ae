/** Who may do and see what: users, roles, sessions, tokens, the squads a user may see, and the logs of both. */
package org.farwatch.api.access;

/** What changes is pushed to those who watch: one WebSocket, topics, each viewer filtered by role and squad. */
package org.farwatch.api.live;

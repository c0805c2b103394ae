/** The database: embedded PostgreSQL or a given server, its schema, its partitions, backup and restore. */
package org.farwatch.api.database;

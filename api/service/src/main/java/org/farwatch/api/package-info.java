/**
 * The service: storage, supervision, HTTP and WebSocket. Packaged by feature; each folder holds its controller, its
 * rules and its SQL. Features form no cycles.
 */
package org.farwatch.api;

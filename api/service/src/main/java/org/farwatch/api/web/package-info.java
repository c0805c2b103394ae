/** What all controllers share: problem details, pages and cursors, the caller as an argument. */
package org.farwatch.api.web;

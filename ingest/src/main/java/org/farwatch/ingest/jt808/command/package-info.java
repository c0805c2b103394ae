/**
 * What the platform asks of a JT/T 808 terminal and what the terminal answers: values with their ranges, written in the
 * layout of 2011, 2013 or 2019. Nothing here touches a socket; {@link org.farwatch.ingest.jt808.TerminalCommands} sends.
 */
package org.farwatch.ingest.jt808.command;

/**
 * Commands to devices: asked by people or other features, kept until the device is connected, sent one after another, and
 * what the device answered. What goes over the wire is in {@link org.farwatch.ingest.jt808.command}.
 */
package org.farwatch.api.commands;

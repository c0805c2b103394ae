/**
 * SIP (RFC 3261) as GB/T 28181 uses it: one port on UDP and TCP, requests in and out, calls and subscriptions. Knows
 * nothing of what the bodies say.
 */
package org.farwatch.ingest.sip;

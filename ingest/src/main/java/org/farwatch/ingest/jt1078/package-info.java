/** Pictures and sound of vehicle terminals (JT/T 1078-2016, clause 5.5.3); what asks for them goes by JT/T 808. */
package org.farwatch.ingest.jt1078;

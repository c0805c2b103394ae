/** An officer's own page: his duties, what is held about him, and what he asks to be corrected. Nothing about others. */
package org.farwatch.api.own;

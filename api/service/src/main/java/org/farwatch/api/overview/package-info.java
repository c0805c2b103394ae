/** The four figures in the console's top bar. */
package org.farwatch.api.overview;

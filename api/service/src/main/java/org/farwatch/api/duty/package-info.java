/** Who must be where and when, and what the positions prove of it. */
package org.farwatch.api.duty;

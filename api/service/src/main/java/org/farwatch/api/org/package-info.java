/** Who and what there is: squads, officers, devices and who had which device when. */
package org.farwatch.api.org;

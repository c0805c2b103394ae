/**
 * 平台对接: JT/T 809 both ways. Subordinate platforms that may log in here ({@link
 * org.farwatch.api.platforms.LowerPlatforms}), and links on which we forward chosen vehicles to a city platform ({@link
 * org.farwatch.api.platforms.UpwardLinks}). What waits to be forwarded is written with the position itself ({@link
 * org.farwatch.api.platforms.ForwardedVehicles}).
 */
package org.farwatch.api.platforms;

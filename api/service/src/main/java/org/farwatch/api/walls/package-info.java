/** Video walls that somebody saved for himself: layouts, and patrols (轮巡) that turn their pages. */
package org.farwatch.api.walls;

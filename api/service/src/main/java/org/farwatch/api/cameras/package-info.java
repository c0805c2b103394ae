/** Whether cameras show what they are there to show: looks at their key pictures now and then, and one alert for each fault. */
package org.farwatch.api.cameras;

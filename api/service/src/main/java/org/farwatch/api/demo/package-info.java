/**
 * {@code serve --demo}: a small invented district, its people, and simulated devices that speak to the service over real
 * sockets like any other device.
 */
package org.farwatch.api.demo;

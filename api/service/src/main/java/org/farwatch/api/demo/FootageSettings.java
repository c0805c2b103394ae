package org.farwatch.api.demo;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code farwatch.footage}.
 *
 * @param footage {@code vtest.avi} of Debian's package opencv-doc, null where there is none
 */
@ConfigurationProperties("farwatch")
record FootageSettings(Path footage) {}

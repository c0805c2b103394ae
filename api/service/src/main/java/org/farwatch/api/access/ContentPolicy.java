package org.farwatch.api.access;

import java.net.URI;

/**
 * The Content-Security-Policy of the console: everything from our own origin, pictures also from the tile server that a
 * setting names.
 */
record ContentPolicy(String directives) {
    static ContentPolicy forTiles(String tileUrl) {
        String tiles = "";
        if (tileUrl != null && !tileUrl.isBlank()) {
            URI uri = URI.create(tileUrl.replaceAll("[{}]", ""));
            tiles = " " + uri.getScheme() + "://" + uri.getAuthority();
        }
        return new ContentPolicy("default-src 'self'; img-src 'self' data: blob:" + tiles
                + "; connect-src 'self'" + tiles
                + "; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; object-src 'none'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors 'none'");
    }
}

package org.farwatch.api.jt1078;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.jt808.command.VideoCommand.Quality;

/**
 * Which channel of which device a stream is fetched from: {@code jt1078:<device id>/<channel>}, with {@code ?stream=sub}
 * in its smaller quality.
 *
 * @param channel logical channel, 1 to 255
 */
record ChannelAddress(String deviceId, int channel, Quality quality) {
    static final String SCHEME = "jt1078";

    private static final Pattern FORM =
            Pattern.compile(SCHEME + ":([^/?#\\s]{1,64})/([1-9][0-9]{0,2})(\\?stream=sub)?");
    private static final int MOST_CHANNEL = 255;

    /** @throws IllegalArgumentException saying what an address must be */
    static ChannelAddress parse(String address) {
        Matcher parts = FORM.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST_CHANNEL) {
            throw new IllegalArgumentException(
                    "must be jt1078:<device id>/<channel 1 to 255>, if wanted with" + " ?stream=sub, was " + address);
        }
        return new ChannelAddress(
                parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3) == null ? Quality.MAIN : Quality.SUB);
    }

    @Override
    public String toString() {
        return SCHEME + ":" + deviceId + "/" + channel + (quality == Quality.SUB ? "?stream=sub" : "");
    }
}

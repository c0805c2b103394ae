package org.farwatch.vision.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrightnessTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.6, 0.7, 1, 1.3, 1.4})
    void findsTheFactorThoughThingsCoverAThird(double gain) {
        int width = 320;
        int height = 180;
        Random random = new Random(3);
        float[] background = new float[width * height];
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            background[i] = 40 + random.nextInt(120);
            double seen =
                    i % width < width / 3 ? random.nextInt(255) : background[i] * gain + 4 * random.nextGaussian();
            pixels[i] = (byte) Math.clamp(Math.round(seen), 0, 255);
        }
        assertThat(Brightness.against(pixels, background, width)).isEqualTo((float) gain, within(0.02f));
    }
}

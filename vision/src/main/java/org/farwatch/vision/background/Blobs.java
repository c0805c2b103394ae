package org.farwatch.vision.background;

import static org.bytedeco.opencv.global.opencv_core.CV_32S;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_CLOSE;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_ELLIPSE;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_OPEN;
import static org.bytedeco.opencv.global.opencv_imgproc.connectedComponents;
import static org.bytedeco.opencv.global.opencv_imgproc.getStructuringElement;
import static org.bytedeco.opencv.global.opencv_imgproc.morphologyEx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Connected parts of a mask; gaps of a few pixels are bridged. Reuses its matrices; owned by one thread. */
final class Blobs implements AutoCloseable {
    private static final int BRIDGED = 5;

    private final int width;
    private final Mat mask;
    private final Mat closed = new Mat();
    private final Mat opened = new Mat();
    private final Mat labels = new Mat();
    private final Mat element;
    private final byte[] bytes;
    private final int[] numbers;

    /** Pixels of the mask that belong together, and the box around them (right and bottom exclusive). */
    record Blob(int[] pixels, int left, int top, int right, int bottom) {}

    Blobs(int width, int height) {
        this.width = width;
        mask = new Mat(height, width, CV_8U);
        bytes = new byte[width * height];
        numbers = new int[width * height];
        try (Size size = new Size(BRIDGED, BRIDGED)) {
            element = getStructuringElement(MORPH_ELLIPSE, size);
        }
    }

    List<Blob> of(boolean[] set, int fewestPixels) {
        boolean any = false;
        for (int i = 0; i < set.length; i++) {
            bytes[i] = (byte) (set[i] ? 255 : 0);
            any |= set[i];
        }
        if (!any) {
            return List.of();
        }
        mask.data().put(bytes);
        morphologyEx(mask, closed, MORPH_CLOSE, element);
        int count = connectedComponents(closed, labels, 8, CV_32S);
        try (IntPointer pointer = new IntPointer(labels.data())) {
            pointer.get(numbers);
        }
        // What is nowhere as thick as the element is a moved cable, a tape or an edge that was shifted, not a thing.
        morphologyEx(closed, opened, MORPH_OPEN, element);
        opened.data().get(bytes);
        int[] sizes = new int[count];
        boolean[] thick = new boolean[count];
        for (int i = 0; i < set.length; i++) {
            if (set[i]) {
                sizes[numbers[i]]++;
                thick[numbers[i]] |= bytes[i] != 0;
            }
        }
        int[][] pixels = new int[count][];
        int[] filled = new int[count];
        for (int i = 0; i < set.length; i++) {
            int label = numbers[i];
            if (set[i] && thick[label] && sizes[label] >= fewestPixels) {
                if (pixels[label] == null) {
                    pixels[label] = new int[sizes[label]];
                }
                pixels[label][filled[label]++] = i;
            }
        }
        List<Blob> blobs = new ArrayList<>();
        Arrays.stream(pixels).filter(part -> part != null).map(this::blob).forEach(blobs::add);
        return blobs;
    }

    private Blob blob(int[] pixels) {
        int left = width;
        int right = 0;
        for (int pixel : pixels) {
            left = Math.min(left, pixel % width);
            right = Math.max(right, pixel % width + 1);
        }
        return new Blob(pixels, left, pixels[0] / width, right, pixels[pixels.length - 1] / width + 1);
    }

    @Override
    public void close() {
        mask.close();
        closed.close();
        opened.close();
        labels.close();
        element.close();
    }
}

package org.farwatch.vision.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.farwatch.vision.picture.Picture;

/** A file of footage, read picture by picture as fast as it decodes. Not for live streams: opening locks a class. */
public final class Clip {
    private Clip() {}

    /**
     * Gives every picture of a file to {@code each}, which closes it; times start at the file's first picture's.
     *
     * @throws IOException when the file cannot be opened or read
     */
    public static void play(Path file, Consumer<? super Picture> each) throws IOException {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
                OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
            grabber.start();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                // The converter's matrix shows the grabber's memory and is the converter's to free.
                Mat shown = converter.convert(frame);
                each.accept(new Picture(shown.clone(), frame.timestamp));
            }
        }
    }
}

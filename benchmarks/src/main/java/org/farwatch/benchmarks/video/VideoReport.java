package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** What was measured of video; null is what was not asked for or could not be measured here. */
public record VideoReport(
        RecordingBenchmark.Result recording,
        PictureBenchmark.Result picture,
        VerifyBenchmark.Result verify,
        DetectorBenchmark.Result detector,
        BackgroundBenchmark.Result background) {
    /** What can be measured. */
    public enum Part {
        RECORDING,
        PICTURE,
        VERIFY,
        DETECTOR,
        BACKGROUND
    }

    private static final int STREAMS = 10;

    /**
     * Measures, the parts one after the other; in full some seven minutes.
     *
     * @param quick some two minutes, for comparing only
     */
    public static VideoReport run(Set<Part> parts, boolean quick) throws IOException, InterruptedException {
        return new VideoReport(
                parts.contains(Part.RECORDING)
                        ? RecordingBenchmark.run(
                                        STREAMS,
                                        Duration.ofSeconds(quick ? 10 : 40),
                                        Duration.ofSeconds(quick ? 15 : 75))
                                .orElse(null)
                        : null,
                parts.contains(Part.PICTURE)
                        ? PictureBenchmark.run(quick ? 20 : 100, quick ? 4 : 20, Duration.ofSeconds(quick ? 10 : 45))
                                .orElse(null)
                        : null,
                parts.contains(Part.VERIFY) ? VerifyBenchmark.run(quick ? 20 : 60, quick ? 3 : 5) : null,
                parts.contains(Part.DETECTOR) ? DetectorBenchmark.run(quick ? 10 : 100) : null,
                parts.contains(Part.BACKGROUND) ? BackgroundBenchmark.run(quick ? 100 : 600) : null);
    }

    /** As a part of the summary. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        if (recording != null) {
            recording(text, recording);
        }
        if (picture != null) {
            picture(text, picture);
        }
        if (verify != null) {
            text.append("""

                    ## Verifying

                    `farwatch verify` on a recording beside `sha256sum` on the same %d files, %,d MB, cached; each a process\
                     from its start to its end, in turns. Medians of %d rounds. `openssl dgst -sha256` uses the processor's\
                     SHA instructions, this `sha256sum` may not.

                    | | MB/s |
                    |---|--:|
                    | `verify` | %.0f |
                    | `sha256sum` | %.0f |
                    | `openssl dgst` | %.0f |

                    `verify` / `sha256sum` = **%.2f** (target: at least 0.80)
                    """.formatted(
                            verify.files(),
                            verify.bytes() / 1_000_000,
                            verify.rounds(),
                            verify.verify(),
                            verify.sha256sum(),
                            verify.openssl(),
                            verify.ratio()));
        }
        if (detector != null) {
            detector(text, detector);
        }
        if (background != null) {
            text.append("""

                    ## Background stage

                    Processor time of one thread for a picture 640 wide, beside OpenCV's MOG2 on the same picture, in\
                     turns.

                    | | ms | p95 |
                    |---|--:|--:|
                    | `StaticObjects.take` | %.1f | %.1f |
                    | MOG2 | %.1f | %.1f |

                    Ratio %.2f.
                    """.formatted(
                            background.take().median(),
                            background.take().p95(),
                            background.mog2().median(),
                            background.mog2().p95(),
                            background.ratio()));
        }
        return text.toString();
    }

    private static void recording(StringBuilder text, RecordingBenchmark.Result result) {
        text.append("""

                ## Recording

                %d streams of %.2f Mb/s, 1280x720 at 25, over RTSP from loopback for %.0f s: the whole service (fetching,\
                 fragments for viewers, file, hash, index) beside a bare JavaCV remux of the same camera into MP4 files at\
                 the same time. All processor time of each process, in hundredths of one core.

                | | all | per stream |
                |---|--:|--:|
                | service | %.2f %% | **%.2f %%** (target: at most 0.8 %%) |
                | of it idle, before there were streams | %.2f %% | |
                | PostgreSQL meanwhile | %.2f %% | |
                | remux, %.2f Mb/s each | %.2f %% | %.2f %% |

                Service / remux = %.2f.
                """.formatted(
                        result.streams(),
                        result.megabits(),
                        result.seconds(),
                        100 * result.service(),
                        100 * result.perStream(),
                        100 * result.idle(),
                        100 * result.database(),
                        result.remuxMegabits(),
                        100 * result.remux(),
                        100 * result.remuxPerStream(),
                        result.ratio()));
    }

    private static void picture(StringBuilder text, PictureBenchmark.Result result) {
        text.append("""

                ## Live picture

                From opening the socket to the first fragment at a program, at random times; a request is `GET\
                 /actuator/health` over a new connection, in turns. Milliseconds.

                | key picture each | joins | median | p95 (target: at most 1,000) | most | a request |
                |--:|--:|--:|--:|--:|--:|
                """);
        for (JoinBenchmark.Result joined : result.joins()) {
            text.append("| %d s | %d | %.0f | %.0f | %.0f | %.0f |\n"
                    .formatted(
                            joined.secondsBetweenKeys(),
                            joined.millis().count(),
                            joined.millis().median(),
                            joined.millis().p95(),
                            joined.millis().most(),
                            joined.request().median()));
        }
        ScreenBenchmark.Result screen = result.screen();
        if (screen != null) {
            text.append("""

                    In the console in Chromium without a window; the screen is the time at which its compositor means to\
                     show the picture. Camera clock to screen includes the camera's encoder. Milliseconds.

                    | | count | median | p95 (target: at most 1,000) | most |
                    |---|--:|--:|--:|--:|
                    | socket to first picture | %d | %.0f | %.0f | %.0f |
                    | camera clock to screen | %d | %.0f | %.0f | %.0f |

                    Chromium showed %.1f of 25 pictures a second; the time of %d pictures could not be read.
                    """.formatted(
                            screen.firstPicture().count(),
                            screen.firstPicture().median(),
                            screen.firstPicture().p95(),
                            screen.firstPicture().most(),
                            screen.clockToScreen().count(),
                            screen.clockToScreen().median(),
                            screen.clockToScreen().p95(),
                            screen.clockToScreen().most(),
                            screen.pictures(),
                            screen.unread()));
        }
    }

    private static void detector(StringBuilder text, DetectorBenchmark.Result result) {
        text.append("""

                ## Detector

                NanoDet at 416 on a 1280x720 picture, processor time of one thread, beside the bare network and OpenCV's\
                 DNN, in turns.

                | | ms | p95 |
                |---|--:|--:|
                | `NanoDet.detect` | **%.1f** (target: at most 35) | %.1f |
                | bare network in ONNX Runtime | %.1f | %.1f |
                | the same in OpenCV's DNN | %.1f | %.1f |

                `detect` / bare network = %.2f, `detect` / OpenCV = %.2f. The bare network computes %.0f GFLOP/s; OpenBLAS\
                 multiplies matrices with %.0f on this core.
                """.formatted(
                        result.detect().median(),
                        result.detect().p95(),
                        result.bareOrt().median(),
                        result.bareOrt().p95(),
                        result.openCv().median(),
                        result.openCv().p95(),
                        result.toBareOrt(),
                        result.toOpenCv(),
                        result.networkGflops(),
                        result.sgemmGflops()));
    }
}

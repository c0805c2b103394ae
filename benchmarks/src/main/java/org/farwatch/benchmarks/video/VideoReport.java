package org.farwatch.benchmarks.video;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** What was measured of video; null is what was not asked for or could not be measured here. */
public record VideoReport(
        RecordingBenchmark.Result recording,
        CrowdBenchmark.Result crowd,
        PictureBenchmark.Result picture,
        ViewersBenchmark.Result viewers,
        TimelineBenchmark.Result timeline,
        VerifyBenchmark.Result verify,
        DetectorBenchmark.Result detector,
        BackgroundBenchmark.Result background) {
    /** What can be measured. */
    public enum Part {
        RECORDING,
        CROWD,
        PICTURE,
        VIEWERS,
        TIMELINE,
        VERIFY,
        DETECTOR,
        BACKGROUND
    }

    private static final int STREAMS = 30;
    private static final int CROWD = 100;
    private static final int VIEWERS = 16;
    private static final int DAYS = 180;

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
                                        Duration.ofSeconds(quick ? 10 : 150),
                                        Duration.ofSeconds(quick ? 15 : 75))
                                .orElse(null)
                        : null,
                parts.contains(Part.CROWD)
                        ? CrowdBenchmark.run(
                                        CROWD,
                                        Duration.ofSeconds(quick ? 20 : 60),
                                        quick ? Duration.ofSeconds(60) : Duration.ofMinutes(10))
                                .orElse(null)
                        : null,
                parts.contains(Part.PICTURE)
                        ? PictureBenchmark.run(quick ? 20 : 100, quick ? 4 : 20, Duration.ofSeconds(quick ? 10 : 45))
                                .orElse(null)
                        : null,
                parts.contains(Part.VIEWERS)
                        ? ViewersBenchmark.run(VIEWERS, quick ? 2 : 5, Duration.ofSeconds(quick ? 10 : 20))
                                .orElse(null)
                        : null,
                parts.contains(Part.TIMELINE) ? TimelineBenchmark.run(DAYS, quick ? 10 : 50) : null,
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
        if (crowd != null) {
            crowd(text, crowd);
        }
        if (picture != null) {
            picture(text, picture);
        }
        if (viewers != null) {
            text.append("""

                    ## Viewers

                    One stream of 2 Mb/s, 720p25, watched by nobody and by %d programs in turns; medians of %d rounds.\
                     Processor time of the service, in hundredths of one core.

                    | | |
                    |---|--:|
                    | watched by nobody | %.2f %% |
                    | by %d, %.2f Mb/s each | %.2f %% |
                    | each viewer | **%.3f %%** (target: at most 0.2 %%) |
                    | connections to the camera | %d |
                    """.formatted(
                            viewers.viewers(),
                            viewers.rounds(),
                            100 * viewers.alone(),
                            viewers.viewers(),
                            viewers.megabits(),
                            100 * viewers.watched(),
                            100 * viewers.perViewer(),
                            viewers.upstreams()));
        }
        if (timeline != null) {
            text.append("""

                    ## Time axis

                    What was required, recorded and missing of one stream, from the request to its last byte: %d days with\
                     %,d segments and %,d gaps, and one day of the same stream, in turns. Milliseconds.

                    | | requests | median | p95 | most |
                    |---|--:|--:|--:|--:|
                    | %d days | %d | **%.0f** (target: at most 100) | %.0f | %.0f |
                    | one day | %d | %.0f | %.0f | %.0f |
                    """.formatted(
                            timeline.days(),
                            timeline.segments(),
                            timeline.gaps(),
                            timeline.days(),
                            timeline.whole().count(),
                            timeline.whole().median(),
                            timeline.whole().p95(),
                            timeline.whole().most(),
                            timeline.oneDay().count(),
                            timeline.oneDay().median(),
                            timeline.oneDay().p95(),
                            timeline.oneDay().most()));
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
                 fragments for viewers, file, hash, index) beside a bare JavaCV remux of the same camera into ten MP4 files at\
                 the same time. All processor time of each process, in hundredths of one core.

                | | all | per stream |
                |---|--:|--:|
                | service | %.2f %% | **%.2f %%** (target: at most 0.5 %%) |
                | of it idle, before there were streams | %.2f %% | |
                | PostgreSQL meanwhile | %.2f %% | |
                | remux, %.2f Mb/s each | %.2f %% | %.2f %% |

                Service / remux, per stream = %.2f.
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

    private static void crowd(StringBuilder text, CrowdBenchmark.Result result) {
        text.append("""

                ## A crowd

                %d streams of 2 Mb/s, 1280x720 at 25, recorded at once over RTSP from loopback for %.0f s; then the same\
                 cameras by one `ffmpeg -c copy` process for each stream. Processor time in hundredths of one core.

                | | service | `ffmpeg` |
                |---|--:|--:|
                | per stream | **%.2f %%** | %.2f %% |
                | memory | %,d MB, then %,d MB in all | %,d MB each |
                | heap in use after a full collection | %,d MB, then %,d MB | |
                | recordings that broke off | %d | |
                | pictures of the finished files | %,d of %,d | |
                """.formatted(
                        result.streams(),
                        result.seconds(),
                        100 * result.perStream(),
                        100 * result.ffmpegPerStream(),
                        result.residentBefore() >> 20,
                        result.residentAfter() >> 20,
                        result.ffmpegResident() >> 20,
                        result.heapBefore() >> 20,
                        result.heapAfter() >> 20,
                        result.runs() - result.streams(),
                        result.pictures(),
                        result.expected()));
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

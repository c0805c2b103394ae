package org.farwatch.api.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not ours and read what we write: poppler and LibreOffice. Each says "skipped" where it is not. */
public final class OfficeTools {
    private static final int SECONDS = 120;

    private OfficeTools() {}

    /** The text of a PDF as {@code pdftotext} reads it, without any white space. */
    public static String textOfPdf(byte[] pdf, Path folder) throws IOException, InterruptedException {
        require("pdftotext", "poppler-utils");
        Path file = Files.write(folder.resolve("document.pdf"), pdf);
        Path text = folder.resolve("document.txt");
        run(List.of("pdftotext", "-enc", "UTF-8", file.toString(), text.toString()), folder);
        return Files.readString(text).replaceAll("\\s", "");
    }

    /** The text of a DOCX as LibreOffice reads it, without any white space. */
    public static String textOfDocx(byte[] docx, Path folder) throws IOException, InterruptedException {
        require("soffice", "libreoffice-writer-nogui");
        Path file = Files.write(folder.resolve("office.docx"), docx);
        run(
                List.of(
                        "soffice",
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        "txt:Text (encoded):UTF8",
                        "--outdir",
                        folder.toString(),
                        file.toString()),
                folder);
        return Files.readString(folder.resolve("office.txt")).replaceAll("[\\s\\ufeff]", "");
    }

    private static void require(String program, String debianPackage) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return;
            }
        }
        String reason = "skipped: no " + program + " (Debian package " + debianPackage + ")";
        System.out.println(reason);
        Assumptions.abort(reason);
    }

    private static void run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                .as(command.getFirst())
                .isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(said, StandardCharsets.UTF_8))
                .isZero();
    }
}

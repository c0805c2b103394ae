package org.farwatch.ingest.nmea;

import java.util.List;
import java.util.Map;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.explain.Explanation;
import org.farwatch.ingest.explain.FrameExplainer;

/** Explains NMEA 0183 sentences field by field. Stateless; any thread. */
public final class NmeaExplain implements FrameExplainer {
    private static final Map<String, List<String>> FIELDS = Map.of(
            "RMC",
            List.of(
                    "time hhmmss.ss UTC",
                    "status: A valid, V void",
                    "latitude ddmm.mm",
                    "N or S",
                    "longitude dddmm.mm",
                    "E or W",
                    "speed in knots",
                    "course in degrees",
                    "date ddmmyy",
                    "magnetic variation",
                    "E or W",
                    "mode: A autonomous, D differential, E estimated, F float, M manual, N none, P precise, R RTK, S simulator",
                    "navigational status"),
            "GGA",
            List.of(
                    "time hhmmss.ss UTC",
                    "latitude ddmm.mm",
                    "N or S",
                    "longitude dddmm.mm",
                    "E or W",
                    "quality: 0 none, 1 GNSS, 2 differential, 3 PPS, 4 RTK, 5 RTK float, 6 estimated, 7 manual, 8 simulator",
                    "satellites used",
                    "HDOP",
                    "altitude above mean sea level",
                    "metres",
                    "geoid separation",
                    "metres",
                    "age of correction in s",
                    "station"),
            "GLL",
            List.of(
                    "latitude ddmm.mm",
                    "N or S",
                    "longitude dddmm.mm",
                    "E or W",
                    "time hhmmss.ss UTC",
                    "status: A valid, V void",
                    "mode"),
            "VTG",
            List.of(
                    "true course in degrees",
                    "T",
                    "magnetic course in degrees",
                    "M",
                    "speed in knots",
                    "N",
                    "speed in km/h",
                    "K",
                    "mode"),
            "ZDA",
            List.of("time hhmmss.ss UTC", "day", "month", "year", "hours of the local zone", "minutes of it"));

    @Override
    public boolean takes(byte[] bytes) {
        boolean address = bytes.length > 6 && bytes[0] == '$';
        for (int i = 1; address && i < 6; i++) {
            address = bytes[i] >= 'A' && bytes[i] <= 'Z' || bytes[i] >= '0' && bytes[i] <= '9';
        }
        return address;
    }

    @Override
    public Explanation explain(byte[] bytes) {
        Explanation out = new Explanation(bytes, bytes.length);
        Sentence sentence = new Sentence();
        while (out.left() > 0) {
            int from = out.at();
            int end = from;
            while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
                end++;
            }
            if (end > from) {
                FaultKind fault = sentence.read(bytes, from, end - from);
                int whole = out.limit(end);
                if (fault == null) {
                    out.heading("sentence, checksum right");
                } else {
                    out.wrong("%s: %s".formatted(fault.label(), sentence.reason()));
                }
                fields(bytes, out);
                out.limit(whole);
            }
            int after = end;
            while (after < bytes.length && (bytes[after] == '\r' || bytes[after] == '\n')) {
                after++;
            }
            if (after > end) {
                out.field(after - end, "end of the line");
            }
        }
        return out;
    }

    private static void fields(byte[] bytes, Explanation out) {
        String type = "";
        for (int number = 0; out.left() > 0; number++) {
            int length = 0;
            while (length < out.left() && out.peek(length) != ',' && out.peek(length) != '*') {
                length++;
            }
            String value = new String(bytes, out.at(), length, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (number == 0) {
                type = value.length() >= 6 ? value.substring(value.length() - 3) : "";
            }
            boolean checksum = out.peek(length) == '*';
            String meaning = number == 0 ? "address: " + talker(value) : meaning(type, number) + ": " + value;
            out.field(Math.min(length + 1, out.left()), meaning);
            if (checksum) {
                out.rest("checksum");
            }
        }
    }

    private static String meaning(String type, int number) {
        if (type.equals("GSA")) {
            return switch (number) {
                case 1 -> "M manual, A automatic";
                case 2 -> "1 no fix, 2 plane, 3 space";
                case 15 -> "PDOP";
                case 16 -> "HDOP";
                case 17 -> "VDOP";
                case 18 -> "system: 1 GPS, 2 GLONASS, 3 Galileo, 4 BeiDou, 5 QZSS, 6 NavIC";
                default -> "satellite used";
            };
        }
        if (type.equals("GSV")) {
            return switch (number) {
                case 1 -> "sentences";
                case 2 -> "this is sentence";
                case 3 -> "satellites in view";
                default ->
                    switch (number % 4) {
                        case 0 -> "satellite";
                        case 1 -> "elevation";
                        case 2 -> "azimuth";
                        default -> "signal in dB-Hz";
                    };
            };
        }
        List<String> names = FIELDS.getOrDefault(type, List.of());
        return number <= names.size() ? names.get(number - 1) : "field " + number;
    }

    private static String talker(String address) {
        String talker = address.length() >= 3 ? address.substring(1, 3) : "";
        String system = switch (talker) {
            case "BD", "GB" -> "BeiDou";
            case "GP" -> "GPS";
            case "GL" -> "GLONASS";
            case "GA" -> "Galileo";
            case "GQ", "QZ" -> "QZSS";
            case "GI" -> "NavIC";
            case "GN" -> "several systems";
            default -> "another talker";
        };
        return address + ", " + system;
    }
}

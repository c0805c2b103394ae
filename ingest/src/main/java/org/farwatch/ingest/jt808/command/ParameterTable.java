package org.farwatch.ingest.jt808.command;

import static org.farwatch.ingest.jt808.command.Parameter.dword;
import static org.farwatch.ingest.jt808.command.Parameter.octet;
import static org.farwatch.ingest.jt808.command.Parameter.raw;
import static org.farwatch.ingest.jt808.command.Parameter.text;
import static org.farwatch.ingest.jt808.command.Parameter.word;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farwatch.ingest.jt808.Layout;

/**
 * The parameters of a terminal (JT/T 808-2013 table 12, -2019 table 13) in the order of their ids. What a vendor adds
 * (0xF000 and above) is not here and goes as hex.
 */
final class ParameterTable {
    static final List<Parameter> ALL = List.of(
            dword(0x0001, "heartbeat interval", "s"),
            dword(0x0002, "TCP reply timeout", "s"),
            dword(0x0003, "TCP retries", ""),
            dword(0x0004, "UDP reply timeout", "s"),
            dword(0x0005, "UDP retries", ""),
            dword(0x0006, "SMS reply timeout", "s"),
            dword(0x0007, "SMS retries", ""),
            text(0x0010, "main server APN"),
            text(0x0011, "main server dial-up user"),
            text(0x0012, "main server dial-up password"),
            text(0x0013, "main server address"),
            text(0x0014, "backup server APN"),
            text(0x0015, "backup server dial-up user"),
            text(0x0016, "backup server dial-up password"),
            text(0x0017, "backup server address"),
            dword(0x0018, "server TCP port", "").in(Layout.V2011, Layout.V2013),
            dword(0x0019, "server UDP port", "").in(Layout.V2011, Layout.V2013),
            text(0x001A, "IC card server address"),
            dword(0x001B, "IC card server TCP port", ""),
            dword(0x001C, "IC card server UDP port", ""),
            text(0x001D, "IC card backup server address"),
            dword(0x0020, "report strategy (0 time, 1 distance, 2 both)", ""),
            dword(0x0021, "report scheme (0 by ACC, 1 by login and ACC)", ""),
            dword(0x0022, "report interval when not logged in", "s"),
            text(0x0023, "slave server APN").in(Layout.V2019, Layout.V2019),
            text(0x0024, "slave server dial-up user").in(Layout.V2019, Layout.V2019),
            text(0x0025, "slave server dial-up password").in(Layout.V2019, Layout.V2019),
            text(0x0026, "slave server address").in(Layout.V2019, Layout.V2019),
            dword(0x0027, "report interval when asleep", "s"),
            dword(0x0028, "report interval on emergency", "s"),
            dword(0x0029, "default report interval", "s"),
            dword(0x002C, "default report distance", "m"),
            dword(0x002D, "report distance when not logged in", "m"),
            dword(0x002E, "report distance when asleep", "m"),
            dword(0x002F, "report distance on emergency", "m"),
            dword(0x0030, "corner angle for an extra report", "°", 0, 179),
            word(0x0031, "fence radius (illegal displacement)", "m"),
            raw(0x0032, "forbidden driving period (hhmm to hhmm)", 4).in(Layout.V2019, Layout.V2019),
            text(0x0040, "platform phone"),
            text(0x0041, "reset phone"),
            text(0x0042, "factory reset phone"),
            text(0x0043, "platform SMS phone"),
            text(0x0044, "alarm SMS phone"),
            dword(0x0045, "phone answer policy", ""),
            dword(0x0046, "longest call", "s"),
            dword(0x0047, "longest calls of a month", "s"),
            text(0x0048, "monitoring phone"),
            text(0x0049, "platform privileged SMS phone"),
            dword(0x0050, "alarm mask", ""),
            dword(0x0051, "alarms that send an SMS", ""),
            dword(0x0052, "alarms that take a photograph", ""),
            dword(0x0053, "alarms whose photograph is stored", ""),
            dword(0x0054, "key alarms", ""),
            dword(0x0055, "highest speed", "km/h"),
            dword(0x0056, "overspeed duration", "s"),
            dword(0x0057, "continuous driving limit", "s"),
            dword(0x0058, "driving limit of a day", "s"),
            dword(0x0059, "shortest rest", "s"),
            dword(0x005A, "longest parking", "s"),
            word(0x005B, "overspeed pre-warning margin", "0.1 km/h"),
            word(0x005C, "fatigue pre-warning margin", "s"),
            word(0x005D, "collision alarm (low byte 4 ms, high byte 0.1 g)", ""),
            word(0x005E, "rollover angle", "°"),
            dword(0x0064, "timed photograph control", ""),
            dword(0x0065, "distance photograph control", ""),
            dword(0x0070, "image quality (1 best)", "", 1, 10),
            dword(0x0071, "brightness", "", 0, 255),
            dword(0x0072, "contrast", "", 0, 127),
            dword(0x0073, "saturation", "", 0, 127),
            dword(0x0074, "chroma", "", 0, 255),
            dword(0x0080, "odometer", "0.1 km"),
            word(0x0081, "province", ""),
            word(0x0082, "city", ""),
            text(0x0083, "plate"),
            octet(0x0084, "plate colour", ""),
            octet(0x0090, "GNSS mode (bits: GPS, BeiDou, GLONASS, Galileo)", ""),
            octet(0x0091, "GNSS baud rate (0 4800 to 5 115200)", "", 0, 5),
            octet(0x0092, "GNSS output rate (0 500 ms, 1 to 4 s)", "", 0, 4),
            dword(0x0093, "GNSS sampling interval", "s"),
            octet(0x0094, "GNSS detail upload mode", ""),
            dword(0x0095, "GNSS detail upload setting", ""),
            dword(0x0100, "CAN channel 1 sampling interval", "ms"),
            word(0x0101, "CAN channel 1 upload interval", "s"),
            dword(0x0102, "CAN channel 2 sampling interval", "ms"),
            word(0x0103, "CAN channel 2 upload interval", "s"),
            raw(0x0110, "CAN id sampling setting", 8));

    static final Map<Long, Parameter> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Parameter::id, Function.identity()));

    private ParameterTable() {}
}

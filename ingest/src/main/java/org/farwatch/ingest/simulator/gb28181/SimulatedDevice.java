package org.farwatch.ingest.simulator.gb28181;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.gb28181.Body;
import org.farwatch.ingest.simulator.HeardSound;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.sip.Digest;

/**
 * A device with cameras. Answers whatever it is asked on the thread that reads; {@link #register} and the like are the
 * caller's. Safe for use by many threads.
 */
public final class SimulatedDevice implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    private static final long OWN_SSRC = 0x1234_5678L;

    private final DeviceTraits traits;
    private final String platform;
    /** What each of its cameras sees, by the camera's code. */
    private volatile Function<String, Scene> scenes;

    private final SipWire wire;
    private final Requests requests;
    private final Ears ears;
    private final Map<String, CallStream> calls = new ConcurrentHashMap<>();
    /** Our answers to the calls that are on: their addresses are those of the dialog. */
    private final Map<String, SipText> invites = new ConcurrentHashMap<>();

    private final Map<String, SipText> subscriptions = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    /** Null: the cameras of its traits. */
    private volatile Catalogue catalogue;

    private volatile boolean closed;

    private record Catalogue(List<CatalogueItem> items, int perMessage) {}

    private final List<String> orders = new CopyOnWriteArrayList<>();
    /** Of each camera; null for one that names recordings and plays none. */
    private volatile Function<String, DeviceMemory> memories = _ -> null;

    /** Of those of its cameras that turn. */
    private final Map<String, DomeHead> heads = new ConcurrentHashMap<>();
    /** Of its clock before the true time. */
    private volatile Duration ahead = Duration.ZERO;

    /** @param platform its 20-digit code; {@code scenes} makes what each of the cameras sees */
    public SimulatedDevice(DeviceTraits traits, String platform, InetSocketAddress address, Supplier<Scene> scenes)
            throws IOException {
        this(traits, platform, address, scenes, LOOPBACK);
    }

    /** @param from this machine's address that it sends from */
    public SimulatedDevice(
            DeviceTraits traits, String platform, InetSocketAddress address, Supplier<Scene> scenes, String from)
            throws IOException {
        this.traits = traits;
        this.platform = platform;
        this.scenes = _ -> scenes.get();
        requests = new Requests(traits, platform, address.getPort());
        wire = new SipWire(address, traits.tcp(), InetAddress.getByName(from), this::take);
        ears = new Ears(traits, wire, requests);
    }

    /** From now on this is its catalogue, so many items in a message. */
    public void lists(List<CatalogueItem> items, int perMessage) {
        catalogue = new Catalogue(List.copyOf(items), perMessage);
    }

    /** From now on its clock is so far ahead of the true time, negative for behind. */
    public void clockAhead(Duration off) {
        ahead = off;
    }

    /** Registers, with its password when it is asked. @return the last status */
    public int register(int expires) {
        String call = "register-" + number();
        List<String> more = List.of("Contact: " + contact(), "Expires: " + expires, "X-GB-Ver: 2.0");
        SipText first = ask("REGISTER", traits.code(), call, more, new byte[0]);
        if (first.status() != 401) {
            return first.status();
        }
        String login = Digest.answer(
                first.header("WWW-Authenticate"), "REGISTER", requests.target(), traits.code(), traits.password());
        List<String> shown = new ArrayList<>(more);
        shown.add("Authorization: " + login);
        return ask("REGISTER", traits.code(), call, shown, new byte[0]).status();
    }

    /** @return the status that the platform answers */
    public int keepalive() {
        return message(Body.notification("Keepalive", number(), traits.code())
                .element("Status", "OK")
                .bytes());
    }

    /** Sends a MANSCDP body. @return the status */
    public int message(byte[] body) {
        return ask("MESSAGE", traits.code(), "message-" + number(), List.of("Content-Type: " + Body.TYPE), body)
                .status();
    }

    /**
     * Tells of an alarm, in the subscription where there is one.
     *
     * @param method as in the standard: 5 is video
     */
    public int alarm(String channel, int method, int type, Instant at) {
        return tell(
                "Alarm",
                Body.notification("Alarm", number(), channel)
                        .element("AlarmPriority", "1")
                        .element("AlarmMethod", Integer.toString(method))
                        .element("AlarmTime", DeviceReplies.time(at))
                        .element("AlarmDescription", "simulated")
                        .open("Info", -1)
                        .element("AlarmType", Integer.toString(type))
                        .close()
                        .bytes());
    }

    /** @return the status: it comes when the position is stored */
    public int position(Instant at, double longitude, double latitude) {
        return tell(
                "MobilePosition",
                Body.notification("MobilePosition", number(), traits.code())
                        .element("Time", DeviceReplies.time(at))
                        .element("Longitude", Double.toString(longitude))
                        .element("Latitude", Double.toString(latitude))
                        .element("Speed", "18.5")
                        .element("Direction", "90.0")
                        .element("Altitude", "12.0")
                        .bytes());
    }

    /** PTZCmd and the like that came, each {@code channel element=value}. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** CmdTypes that the platform has asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** It has recorded this from now on, of each of its cameras. */
    public void remember(DeviceMemory recorded) {
        memories = _ -> recorded;
    }

    /** @param recorded of a camera by its code, asked whenever somebody asks for it */
    public void remember(Function<String, DeviceMemory> recorded) {
        memories = recorded;
    }

    /** @param sees what a camera sees by its code, asked each time that it is to be sent */
    public void shows(Function<String, Scene> sees) {
        scenes = sees;
    }

    /** From now on this camera does as it is told. */
    public void turns(String camera, DomeHead head) {
        heads.put(camera, head);
    }

    /** What it was told in calls (MANSRTSP), in order. */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    /** Calls that are on now. */
    public int streams() {
        return calls.size();
    }

    /** What came out of its loudspeakers. */
    public HeardSound heard() {
        return ears.heard();
    }

    /** Calls to its loudspeakers that are on now. */
    public int speakers() {
        return ears.size();
    }

    /** Calls the platform for sound though nobody asked it to. @return the status of the answer */
    public int callUnasked(String channel) {
        return ears.call(platform, channel);
    }

    /** Ends the calls to its loudspeakers by itself. */
    public void hangUpSpeakers() {
        ears.hangUp();
    }

    /** Loses the links of its loudspeakers and says nothing. */
    public void breakSpeakers() {
        ears.breakLinks();
    }

    /** Whether the platform has subscribed to this CmdType. */
    public boolean subscribed(String command) {
        return subscriptions.containsKey(command);
    }

    /** Ends all calls by itself. */
    public void hangUp() {
        calls.keySet().forEach(call -> {
            CallStream stream = calls.remove(call);
            stream.close();
            SipText invite = invites.remove(call);
            ask(
                    "BYE",
                    invite.header("To"),
                    call,
                    List.of("X-From: " + invite.header("To"), "X-To: " + invite.header("From")),
                    new byte[0]);
        });
    }

    @Override
    public void close() {
        closed = true;
        calls.values().forEach(CallStream::close);
        ears.close();
        wire.close();
    }

    private int tell(String command, byte[] body) {
        SipText subscription = subscriptions.get(command);
        if (subscription == null) {
            return message(body);
        }
        return ask(
                        "NOTIFY",
                        traits.code(),
                        subscription.header("Call-ID"),
                        List.of(
                                "X-From: " + subscription.header("To") + ";tag=" + tag(subscription),
                                "X-To: " + subscription.header("From"),
                                "Event: " + subscription.header("Event"),
                                "Subscription-State: active;expires=90;retry-after=0",
                                "Contact: " + contact(),
                                "Content-Type: " + Body.TYPE),
                        body)
                .status();
    }

    private SipText ask(String method, String user, String call, List<String> more, byte[] body) {
        return requests.ask(wire, method, user, call, more, body);
    }

    private void take(SipText message) {
        if (message.isResponse()) {
            requests.answered(message);
            return;
        }
        switch (message.method()) {
            case "MESSAGE" -> {
                boolean broadcast = field(message.text(), "CmdType").equals("Broadcast");
                if (broadcast) {
                    asked.add("Broadcast");
                    int status = ears.told(message.text());
                    answer(message, status, status == 200 ? "OK" : "Method Not Allowed", List.of());
                } else {
                    asked(message);
                }
            }
            case "SUBSCRIBE" -> {
                subscriptions.put(field(message.text(), "CmdType"), message);
                answer(message, 200, "OK", List.of("Expires: " + message.header("Expires"), "Contact: " + contact()));
            }
            case "INVITE" -> invited(message);
            case "ACK" -> {
                CallStream stream = calls.get(message.header("Call-ID"));
                if (stream != null) {
                    stream.begin();
                }
            }
            case "BYE", "CANCEL" -> {
                answer(message, 200, "OK", List.of());
                ears.bye(message.header("Call-ID"));
                invites.remove(message.header("Call-ID"));
                CallStream stream = calls.remove(message.header("Call-ID"));
                if (stream != null) {
                    stream.close();
                }
            }
            case "INFO" -> {
                orders.add(message.text());
                CallStream stream = calls.get(message.header("Call-ID"));
                answer(message, stream == null ? 481 : 200, stream == null ? "No Such Call" : "OK", List.of());
                if (stream != null) {
                    stream.control(message.text());
                }
            }
            default -> answer(message, 200, "OK", List.of());
        }
    }

    private void asked(SipText message) {
        answer(message, 200, "OK", List.of());
        String body = message.text();
        String command = field(body, "CmdType");
        String about = field(body, "DeviceID");
        asked.add(command);
        if (command.equals("DeviceControl")) {
            Matcher what = Pattern.compile("<(PTZCmd|IFameCmd|TeleBoot|GuardCmd|AlarmCmd)>([^<]*)<")
                    .matcher(body);
            if (what.find()) {
                commands.add(about + " " + what.group(1) + "=" + what.group(2));
                DomeHead head = heads.get(about);
                if (head != null && what.group(1).equals("PTZCmd")) {
                    head.order(what.group(2));
                }
                if (what.group(1).matches("GuardCmd|AlarmCmd")) {
                    byte[] done = Body.response("DeviceControl", Integer.parseInt(field(body, "SN")), about)
                            .element("Result", "OK")
                            .bytes();
                    later(List.of(done));
                }
            }
            return;
        }
        int sn = Integer.parseInt(field(body, "SN"));
        // Each part is a request of its own that waits for its answer: not on the thread that reads it.
        Catalogue own = catalogue;
        DeviceMemory recorded = memories.apply(about);
        DomeHead head = heads.get(about);
        List<byte[]> parts;
        if (command.equals("Catalog") && own != null) {
            parts = DeviceReplies.catalogue(sn, about, own.items(), own.perMessage(), -1);
        } else if (command.equals("DeviceStatus")) {
            parts = List.of(DeviceReplies.status(sn, about, Instant.now().plus(ahead)));
        } else if (command.equals("RecordInfo") && recorded != null) {
            parts = recorded.recordings(sn, about, field(body, "StartTime"), field(body, "EndTime"));
        } else if (command.equals("PresetQuery") && head != null) {
            parts = List.of(head.presets(sn, about));
        } else {
            parts = DeviceReplies.to(command, sn, about, traits.channels(), traits.perMessage(), traits.announced());
        }
        if (!parts.isEmpty()) {
            later(parts);
        }
    }

    /** One after the other; what is not answered since the device was closed meanwhile is nobody's concern. */
    private void later(List<byte[]> bodies) {
        Thread.ofVirtual().start(() -> {
            try {
                bodies.forEach(this::message);
            } catch (IllegalStateException e) {
                if (!closed) {
                    throw e;
                }
            }
        });
    }

    private void invited(SipText invite) {
        if (traits.busy()) {
            answer(invite, 486, "Busy Here", List.of());
            return;
        }
        if (calls.containsKey(invite.header("Call-ID"))) {
            return;
        }
        if (invite.text().contains("s=Talk")) {
            ears.invited(invite, tag(invite));
            return;
        }
        MediaOffer offer = MediaOffer.of(invite.text());
        if (offer == null) {
            answer(invite, 488, "Not Acceptable Here", List.of());
            return;
        }
        String camera = MediaOffer.group(invite.start(), "sips?:([^@\\s]+)@");
        DeviceMemory recorded = memories.apply(camera);
        DeviceMemory.Stretch asked =
                offer.live() || recorded == null ? null : recorded.asked(offer.start(), offer.end());
        if (!offer.live() && asked == null) {
            answer(invite, 404, "Not Found", List.of());
            return;
        }
        try {
            RtpSender sender = new RtpSender(
                    offer.way(), offer.receiver(), traits.ownSsrc() ? OWN_SSRC : Long.parseLong(offer.ssrc()));
            calls.put(invite.header("Call-ID"), stream(camera, offer, new Recorded(recorded, asked), sender));
            invites.put(invite.header("Call-ID"), invite.answer(200, "OK", tag(invite), List.of(), new byte[0]));
            wire.send(invite.answer(
                    200,
                    "OK",
                    tag(invite),
                    List.of("Contact: " + contact(), "Content-Type: application/sdp"),
                    offer.answer(traits.code(), LOOPBACK, sender.port(), !traits.ownSsrc())));
        } catch (IOException e) {
            answer(invite, 500, "Server Internal Error", List.of());
        }
    }

    /** @param asked null of what is live */
    private record Recorded(DeviceMemory memory, DeviceMemory.Stretch asked) {}

    private CallStream stream(String camera, MediaOffer offer, Recorded recorded, RtpSender sender) {
        PsWriter program = new PsWriter(traits.withMap());
        Function<String, Scene> sights = scenes;
        Supplier<Scene> seen = () -> sights.apply(camera);
        if (recorded.asked() == null) {
            return new ChannelStream(sender, program, seen);
        }
        return new RecordedStream(
                sender,
                program,
                seen,
                Duration.between(recorded.asked().from(), recorded.asked().to()).toMillis(),
                offer.speed(),
                recorded.memory().fastest(),
                () -> message(Body.notification("MediaStatus", number(), camera)
                        .element("NotifyType", "121")
                        .bytes()));
    }

    private void answer(SipText request, int status, String reason, List<String> more) {
        wire.send(request.answer(status, reason, tag(request), more, new byte[0]));
    }

    private static String tag(SipText request) {
        return "t" + Integer.toUnsignedString(request.header("Call-ID").hashCode(), 36);
    }

    private String contact() {
        return "<sip:" + traits.code() + "@" + LOOPBACK + ":" + wire.port() + (traits.tcp() ? ";transport=tcp>" : ">");
    }

    private int number() {
        return requests.number();
    }

    private static String field(String body, String name) {
        return MediaOffer.group(body, "<" + name + ">([^<]*)<");
    }
}

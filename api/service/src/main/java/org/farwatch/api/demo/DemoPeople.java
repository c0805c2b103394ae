package org.farwatch.api.demo;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.Role;
import org.farwatch.api.demo.District.PostPlan;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.map.MapLayers;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Squads, their staff, officers, vehicles, devices, posts and today's roster of the demonstration; made once. */
final class DemoPeople {
    static final List<String> SQUADS = List.of("一中队", "二中队", "三中队");
    private static final List<String> OFFICERS =
            List.of("张敏", "李强", "王芳", "赵磊", "陈静", "刘洋", "杨帆", "黄伟", "周婷", "吴昊", "徐丽", "孙涛");
    private static final int VEHICLES = 6;
    /** Which post each officer is at. */
    private static final int[] POST_OF_OFFICER = {0, 1, 2, 3, 4, 5, 6, 7, 1, 4, 5, 3};
    /** The one who leaves: alone at his post. */
    static final int LEAVER = 0;
    /** Who wears the body camera. */
    static final int BODY_CAMERA_OFFICER = 3;

    static final String BODY_CAMERA = "body-BC2026301";
    private static final String BODY_CAMERA_CODE = "BC2026301";
    /** Whose camera records by itself; he has returned it to a station. */
    static final int UPLOADING_OFFICER = 4;
    /** Who had it the day before. */
    static final int EARLIER_OFFICER = 7;
    /** Before the first start: what the station uploads of each of them. */
    static final Duration UPLOADED_AGO = Duration.ofMinutes(70);

    static final Duration LATE_AGO = Duration.ofHours(30);

    static final String UPLOADING_CODE = "BC2026302";
    private static final String UPLOADING_CAMERA = "body-" + UPLOADING_CODE;
    private static final String PLATFORM = "gb28181-" + DemoPlatform.CODE;

    static final String VEHICLE_WITH_CAMERAS = "jt808-" + phone(0);

    /** Who the audit log names. */
    static final String BY = "demo";

    private static final Duration DUTY = Duration.ofHours(9);
    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final MapLayers layers;
    private final Rules rules;
    private final DeviceRegister register;
    private final RosterBook book;
    private final Clock clock;

    /** A device with the secret it was given for this run. */
    record Simulated(String deviceId, String protocolId, String secret, int number, PostPlan post) {}

    DemoPeople(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            MapLayers layers,
            Rules rules,
            DeviceRegister register,
            RosterBook book,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.layers = layers;
        this.rules = rules;
        this.register = register;
        this.book = book;
        this.clock = clock;
    }

    /** Vehicles first, then officers' handsets, then body cameras; each device gets a new secret at every start. */
    record Cast(List<Simulated> vehicles, List<Simulated> officers, List<Simulated> bodyCameras) {}

    Cast prepare(District district) {
        district.layers().forEach(layers::put);
        // Quick enough to be seen in a demonstration; a bureau would wait longer.
        rules.preset(Threshold.OFF_POST_ALERT_SECONDS, 45, BY);
        rules.preset(Threshold.LEAVE_SECONDS, 20, BY);
        rules.preset(Threshold.DRIFT_METRES, 40, BY);
        rules.preset(Threshold.STREAM_OFFLINE_ALERT_SECONDS, 60, BY);
        List<PostPlan> plans = district.posts();
        transaction.executeWithoutResult(_ -> people(plans));
        transaction.executeWithoutResult(_ -> staff());
        transaction.executeWithoutResult(_ -> roster(plans));
        Cast cast = new Cast(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int n = 0; n < VEHICLES; n++) {
            String id = "jt808-" + phone(n);
            cast.vehicles().add(new Simulated(id, phone(n), register.issueSecret(id), n, null));
        }
        for (int n = 0; n < OFFICERS.size(); n++) {
            String id = "mqtt-" + badge(n);
            cast.officers()
                    .add(new Simulated(id, badge(n), register.issueSecret(id), n, plans.get(POST_OF_OFFICER[n])));
        }
        cast.bodyCameras().add(bodyCamera(BODY_CAMERA, BODY_CAMERA_CODE, BODY_CAMERA_OFFICER, plans));
        cast.bodyCameras().add(bodyCamera(UPLOADING_CAMERA, UPLOADING_CODE, UPLOADING_OFFICER, plans));
        // It has a password of GB/T 28181 and no secret of ours.
        RegisteredDevice _ = register.refresh(PLATFORM);
        book.reread();
        return cast;
    }

    private Simulated bodyCamera(String id, String code, int officer, List<PostPlan> plans) {
        return new Simulated(id, code, register.issueSecret(id), officer, plans.get(POST_OF_OFFICER[officer]));
    }

    private void people(List<PostPlan> plans) {
        for (String squad : SQUADS) {
            jdbc.sql("insert into squad (name) values (:name) on conflict do nothing")
                    .param("name", squad)
                    .update();
        }
        for (int n = 0; n < OFFICERS.size(); n++) {
            jdbc.sql("""
                    insert into officer (name, number, squad_id)
                    values (:name, :number, (select id from squad where name = :squad)) on conflict do nothing""")
                    .param("name", OFFICERS.get(n))
                    .param("number", number(n))
                    .param("squad", SQUADS.get(n % SQUADS.size()))
                    .update();
            device("mqtt-" + badge(n), "手持终端 " + badge(n).substring(6), "handset", "mqtt", badge(n), n);
        }
        for (int n = 0; n < VEHICLES; n++) {
            device("jt808-" + phone(n), "执法车 沪A·" + (1061 + n * 7), "vehicle-terminal", "jt808", phone(n), n);
        }
        device(BODY_CAMERA, "执法记录仪 301", "body-camera", "mqtt", BODY_CAMERA_CODE, BODY_CAMERA_OFFICER);
        device(UPLOADING_CAMERA, "执法记录仪 302", "body-camera", "mqtt", UPLOADING_CODE, UPLOADING_OFFICER);
        device(PLATFORM, "天平街道视频平台", "camera", "gb28181", DemoPlatform.CODE, 0);
        for (PostPlan plan : plans) {
            jdbc.sql("""
                    insert into post (name, squad_id, geometry)
                    select :name, null, :geometry::jsonb
                    where not exists (select from post where name = :name and not retired)""")
                    .param("name", plan.name())
                    .param(
                            "geometry",
                            json.writeValueAsString(
                                    Map.of("type", "Polygon", "coordinates", List.of(List.of(plan.corners())))))
                    .update();
        }
    }

    /**
     * Somebody who logs in, with the first user's password as it was when they were made.
     *
     * @param squad in {@link #SQUADS}, -1 for the whole district
     * @param officer in {@link #OFFICERS}, -1 for nobody on the roster
     */
    private record Staff(String username, String name, Role role, int squad, int officer) {}

    private static final List<Staff> STAFF = List.of(
            new Staff("operator1", "值班员 郑洁", Role.OPERATOR, -1, -1),
            new Staff("inspector1", "督察员 何平", Role.INSPECTOR, -1, -1),
            new Staff("inspector2", "督察员 沈岚", Role.INSPECTOR, -1, -1),
            new Staff("inspector3", "督察员 陆远", Role.INSPECTOR, -1, -1),
            new Staff("reviewer1", "法制核查员 曹颖", Role.LEGAL_REVIEWER, -1, -1),
            new Staff("leader1", "一中队队长", Role.SQUAD_LEADER, 0, -1),
            new Staff("leader2", "二中队队长", Role.SQUAD_LEADER, 1, -1),
            new Staff("leader3", "三中队队长", Role.SQUAD_LEADER, 2, -1),
            new Staff("officer1", "张敏", Role.OFFICER, -1, LEAVER),
            new Staff("keeper1", "设备管理员 范军", Role.ADMINISTRATOR, -1, -1),
            new Staff("station1", "采集站 一号", Role.COLLECTION_STATION, -1, -1));

    private void staff() {
        for (Staff staff : STAFF) {
            jdbc.sql("""
                    insert into app_user (username, display_name, password_hash, roles, officer_id)
                    select :username, :name, u.password_hash, array[:role],
                        (select id from officer where number = :officer)
                    from app_user u where u.username = 'admin' on conflict do nothing""")
                    .param("username", staff.username())
                    .param("name", staff.name())
                    .param("role", staff.role().label())
                    .param("officer", staff.officer() < 0 ? null : number(staff.officer()))
                    .update();
            jdbc.sql("""
                    insert into user_squad (user_id, squad_id)
                    select u.id, s.id from app_user u, squad s
                    where u.username = :username and s.name = :squad on conflict do nothing""")
                    .param("username", staff.username())
                    .param("squad", staff.squad() < 0 ? null : SQUADS.get(staff.squad()))
                    .update();
        }
    }

    private void roster(List<PostPlan> plans) {
        Instant now = clock.instant();
        Instant start = now.minus(20, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
        hold(BODY_CAMERA, BODY_CAMERA_OFFICER, start);
        boolean neverHeld = jdbc.sql("""
                select not exists (select from custody c join device d on d.no = c.device_no where d.id = :device)""")
                .param("device", UPLOADING_CAMERA)
                .query(Boolean.class)
                .single();
        if (neverHeld) {
            held(
                    UPLOADING_CAMERA,
                    EARLIER_OFFICER,
                    now.minus(LATE_AGO).minus(HOUR),
                    now.minus(LATE_AGO).plus(HOUR));
            held(UPLOADING_CAMERA, UPLOADING_OFFICER, now.minus(UPLOADED_AGO).minus(HOUR), start);
        }
        for (int n = 0; n < OFFICERS.size(); n++) {
            hold("mqtt-" + badge(n), n, start);
            jdbc.sql("""
                    insert into duty (officer_id, post_id, starts, ends)
                    select o.id, p.id, :start, :end from officer o, post p
                    where o.number = :number and p.name = :post and not p.retired and not exists (
                        select from duty d where d.officer_id = o.id and not d.cancelled
                            and d.ends > now() and d.starts < :end)""")
                    .param("start", Timestamp.from(start))
                    .param("end", Timestamp.from(start.plus(DUTY)))
                    .param("number", number(n))
                    .param("post", plans.get(POST_OF_OFFICER[n]).name())
                    .update();
        }
    }

    private void held(String device, int officer, Instant from, Instant to) {
        jdbc.sql("""
                insert into custody (device_no, officer_id, held)
                select d.no, o.id, tstzrange(:from, :to) from device d, officer o
                where d.id = :device and o.number = :number""")
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("device", device)
                .param("number", number(officer))
                .update();
    }

    private void hold(String device, int officer, Instant dutyStart) {
        jdbc.sql("""
                insert into custody (device_no, officer_id, held)
                select d.no, o.id, tstzrange(:from, null) from device d, officer o
                where d.id = :device and o.number = :number and not exists (
                    select from custody c where c.device_no = d.no and c.held @> now())""")
                .param("from", Timestamp.from(dutyStart.minus(1, ChronoUnit.HOURS)))
                .param("device", device)
                .param("number", number(officer))
                .update();
    }

    private void device(String id, String name, String kind, String protocol, String protocolId, int n) {
        jdbc.sql("""
                insert into device (id, name, kind, protocol, protocol_id, squad_id)
                values (:id, :name, :kind, :protocol, :protocolId, (select id from squad where name = :squad))
                on conflict do nothing""")
                .param("id", id)
                .param("name", name)
                .param("kind", kind)
                .param("protocol", protocol)
                .param("protocolId", protocolId)
                .param("squad", SQUADS.get(n % SQUADS.size()))
                .update();
    }

    private static String phone(int n) {
        return "139001708" + (10 + n);
    }

    private static String badge(int n) {
        return "BD2026" + (101 + n);
    }

    /** Printed on the badge. */
    static String number(int n) {
        return "YW" + (3101 + n);
    }
}

package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.RouteWalk.Route;
import org.junit.jupiter.api.Test;

/**
 * Every route of the running service, called by every role and by nobody. The table below is the decision; a route that
 * is not in it fails the test.
 */
class AccessWalkTest {
    private static final int AT_ONCE = 4;

    /**
     * Who may: O operator, I inspector, L legal reviewer, S squad leader, F officer, A administrator, X security auditor,
     * C collection station; {@code public} is for everybody, logged in or not.
     */
    private static final String MATRIX = """
            GET    /api/v1/session                          public
            POST   /api/v1/session                          public
            DELETE /api/v1/session                          O I L S F A X C
            POST   /api/v1/session/password                 O I L S F A X C
            GET    /api/v1/openapi                          O I L S F A X C
            GET    /api/v1/openapi.yaml                     O I L S F A X C

            GET    /api/v1/users                            . . . . . A .
            POST   /api/v1/users                            . . . . . A .
            PATCH  /api/v1/users/{id}                       . . . . . A .
            POST   /api/v1/users/{id}/password              . . . . . A .
            POST   /api/v1/users/{id}/unlock                . . . . . A .
            GET    /api/v1/tokens                           O I L S F A X C
            POST   /api/v1/tokens                           O I L S F A X C
            DELETE /api/v1/tokens/{id}                      O I L S F A X C
            GET    /api/v1/audit                            . . . . . . X
            GET    /api/v1/view-log                         . . L . . . X
            GET    /api/v1/log-chains                       . . L . . . X
            POST   /api/v1/log-chains/check                 . . L . . . X
            GET    /api/v1/log-chains/{log}/document        . . . . . . X
            GET    /api/v1/root-targets                     . . L . . A X
            POST   /api/v1/root-targets                     . . . . . A .
            PATCH  /api/v1/root-targets/{id}                . . . . . A .
            POST   /api/v1/root-targets/{id}/test           . . . . . A .
            GET    /api/v1/root-sendings                    . . L . . A X
            POST   /api/v1/root-sendings/{day}/again        . . L . . A .
            GET    /api/v1/view-log/mine                    . . . S F . .
            GET    /api/v1/jobs                             O I L S F A .
            GET    /api/v1/jobs/{id}                        O I L S F A .
            POST   /api/v1/jobs/{id}/cancel                 O I L S F A .

            GET    /api/v1/storage                          . I L . . A .
            PATCH  /api/v1/storage/classes/{code}           . . . . . A .
            GET    /api/v1/storage/streams                  . I L . . A .
            GET    /api/v1/storage/streams/{id}             . I L . . A .
            PATCH  /api/v1/storage/streams/{id}             . . . . . A .
            GET    /api/v1/storage/deletions                . I L . . A .
            POST   /api/v1/storage/sizing                   . I L . . A .
            GET    /api/v1/holds                            . I L . . . .
            POST   /api/v1/holds                            . I L . . . .
            POST   /api/v1/holds/{id}/release               . I L . . . .
            GET    /api/v1/streams/{id}/kept                O I L S . . .

            GET    /api/v1/rules                            O I L S F A .
            PATCH  /api/v1/rules/{key}                      . . . . . A .
            GET    /api/v1/alarm-rules                      O I L S F A .
            PATCH  /api/v1/alarm-rules/{alarm}              . . . . . A .
            GET    /api/v1/devices/{id}/alarms              O I L S . . .
            GET    /api/v1/map                              O I L S F A .
            GET    /api/v1/map/layers/{name}                O I L S F A .
            GET    /api/v1/overview                         O I . S . . .

            GET    /api/v1/squads                           O I L S F A .
            POST   /api/v1/squads                           . . . . . A .
            PATCH  /api/v1/squads/{id}                      . . . . . A .
            GET    /api/v1/officers                         O I L S . A .
            POST   /api/v1/officers                         . . . . . A .
            PATCH  /api/v1/officers/{id}                    . . . . . A .
            GET    /api/v1/devices                          O I L S . A .
            POST   /api/v1/devices                          . . . . . A .
            GET    /api/v1/devices/{id}                     O I L S . A .
            PATCH  /api/v1/devices/{id}                     . . . . . A .
            POST   /api/v1/devices/{id}/secret              . . . . . A .
            GET    /api/v1/command-kinds                    O . . . . A .
            GET    /api/v1/devices/{id}/commands            O . . . . A .
            POST   /api/v1/devices/{id}/commands            O . . . . A .
            GET    /api/v1/commands/{id}                    O . . . . A .
            POST   /api/v1/commands/{id}/cancel             O . . . . A .
            GET    /api/v1/devices/{deviceId}/custody       O I L S . A .
            POST   /api/v1/devices/{deviceId}/custody       . . . S . A .
            PATCH  /api/v1/devices/{deviceId}/custody/{id}  . . . S . A .
            GET    /api/v1/custody                          O I L S . A .
            POST   /api/v1/custody/scan                     . . . S . A .
            POST   /api/v1/custody/{id}/undo                . . . S . A .
            GET    /api/v1/body-cameras                     O I L S . A .
            GET    /api/v1/body-cameras/{id}                O I L S . A .
            GET    /api/v1/body-cameras/{id}/readings       O I L S . A .
            GET    /api/v1/equipment-check                  O I . S . . .

            GET    /api/v1/devices/{id}/positions           O I L S . . .
            GET    /api/v1/devices/{id}/track               O I L S . . .
            GET    /api/v1/devices/{id}/days                O I L S . . .
            GET    /api/v1/devices/{id}/trips               O I L S . . .
            GET    /api/v1/devices/{id}/media               O I . S . . .
            GET    /api/v1/devices/{id}/reports             O I L S . . .
            POST   /api/v1/explain                          O . . . . A .
            GET    /api/v1/undecoded                        . . . . . A .
            GET    /api/v1/positions/latest                 O I . S . . .

            GET    /api/v1/posts                            O I L S F . .
            POST   /api/v1/posts                            O I . S . . .
            GET    /api/v1/posts/{id}                       O I L S F . .
            PATCH  /api/v1/posts/{id}                       O I . S . . .
            DELETE /api/v1/posts/{id}                       O I . S . . .
            POST   /api/v1/posts/import                     O I . . . . .
            GET    /api/v1/posts/export                     O I L S . . .
            GET    /api/v1/duties                           O I L S . . .
            POST   /api/v1/duties                           O . . S . . .
            GET    /api/v1/duties/{id}                      O I L S . . .
            PATCH  /api/v1/duties/{id}                      O . . S . . .
            DELETE /api/v1/duties/{id}                      O . . S . . .
            GET    /api/v1/duties/{id}/presence             O I L S . . .

            GET    /api/v1/alerts                           O I . S . . .
            GET    /api/v1/alerts/{id}                      O I . S . . .
            POST   /api/v1/alerts/{id}/confirm              O I . . . . .
            POST   /api/v1/alerts/{id}/dismiss              O I . . . . .
            GET    /api/v1/lanes                            O I . S . . .

            GET    /api/v1/tasks                            O I . S F . .
            GET    /api/v1/tasks/{id}                       O I . S F . .
            POST   /api/v1/tasks/{id}/sign                  . . . S . . .
            POST   /api/v1/tasks/{id}/handle                . . . S F . .
            POST   /api/v1/tasks/{id}/check-passed          O . . . . . .
            POST   /api/v1/tasks/{id}/check-failed          O . . . . . .
            POST   /api/v1/tasks/{id}/return                . . . S . . .
            POST   /api/v1/tasks/{id}/reassign              O . . . . . .
            POST   /api/v1/tasks/{id}/close                 O . . . . . .

            GET    /api/v1/tickets                          O I . S F . .
            GET    /api/v1/tickets/{id}                     O I . S F . .
            POST   /api/v1/tickets/{id}/sign                . . . S . . .
            POST   /api/v1/tickets/{id}/handle              . . . S F . .
            POST   /api/v1/tickets/{id}/check-passed        O . . . . . .
            POST   /api/v1/tickets/{id}/check-failed        O . . . . . .
            POST   /api/v1/tickets/{id}/return              . . . S . . .
            POST   /api/v1/tickets/{id}/reassign            O . . . . . .
            POST   /api/v1/tickets/{id}/close               O . . . . . .
            GET    /api/v1/squads/{id}/receivers            O . . S . A .
            PUT    /api/v1/squads/{id}/receivers            . . . S . A .

            GET    /api/v1/evidence/{id}                    O I . S . . .

            GET    /api/v1/supervision-leads                . I . . . . .
            POST   /api/v1/supervision-leads                . I . . . . .
            GET    /api/v1/supervision-leads/{id}           . I . . . . .
            POST   /api/v1/supervision-leads/{id}/notice    . I . . . . .
            POST   /api/v1/supervision-leads/{id}/drop      . I . . . . .
            POST   /api/v1/supervision-leads/{id}/files     . I . . . . .
            GET    /api/v1/supervision-leads/{id}/files/{file} . I . . . . .
            GET    /api/v1/alerts/{id}/supervision-lead     O I . . . . .
            GET    /api/v1/findings                         . I . S F . .
            GET    /api/v1/findings/{id}                    . I . S F . .
            GET    /api/v1/findings/explanation-reasons     . I . S F . .
            GET    /api/v1/findings/waiting                 . I . S F . .
            GET    /api/v1/findings/figures                 . I . S . . .
            POST   /api/v1/findings/{id}/files              . I . S F . .
            GET    /api/v1/findings/{id}/files/{file}       . I . S F . .
            POST   /api/v1/findings/{id}/explain            . . . S F . .
            POST   /api/v1/findings/{id}/accept             . I . . . . .
            POST   /api/v1/findings/{id}/confirm            . I . . . . .
            POST   /api/v1/findings/{id}/request-review     . . . S . . .
            POST   /api/v1/findings/{id}/uphold             . I . . . . .
            POST   /api/v1/findings/{id}/overturn           . I . . . . .
            POST   /api/v1/findings/{id}/rectify            . . . S . . .
            POST   /api/v1/findings/{id}/recheck-failed     . I . . . . .
            POST   /api/v1/findings/{id}/recheck-passed     . I . . . . .
            POST   /api/v1/findings/{id}/close              . I . . . . .
            GET    /api/v1/documents                        . I . S F . .
            GET    /api/v1/documents/{id}                   . I . S F . .
            GET    /api/v1/documents/{id}/docx              . I . S F . .
            GET    /api/v1/documents/{id}/pdf               . I . S F . .
            POST   /api/v1/documents/{id}/serve             . . . S F . .
            GET    /api/v1/documents/templates              . I . . . A .
            GET    /api/v1/documents/templates/{kind}       . I . . . A .
            PUT    /api/v1/documents/templates/{kind}       . . . . . A .
            GET    /api/v1/calendar-days                    O I L S F A .
            PUT    /api/v1/calendar-days/{day}              . . . . . A .
            DELETE /api/v1/calendar-days/{day}              . . . . . A .

            GET    /api/v1/streams                          O I L S . A .
            POST   /api/v1/streams                          . . . . . A .
            GET    /api/v1/streams/{id}                     O I L S . A .
            PATCH  /api/v1/streams/{id}                     . . . . . A .
            DELETE /api/v1/streams/{id}                     . . . . . A .
            GET    /api/v1/streams/{id}/coverage            O I L S . . .
            GET    /api/v1/coverage                         O I L S . . .
            GET    /api/v1/coverage/cells                   O I L S . . .
            GET    /api/v1/gap-inquiries                    . I L S . . .
            GET    /api/v1/gap-inquiries/{id}               . I L S . . .
            POST   /api/v1/gap-inquiries                    . . L . . . .
            POST   /api/v1/gap-inquiries/{id}/{action}      . . L S . . .
            GET    /api/v1/requirements                     O I L S . A .
            POST   /api/v1/requirements                     . . L . . A .
            PATCH  /api/v1/requirements/{id}                . . L . . A .
            DELETE /api/v1/requirements/{id}                . . L . . A .
            GET    /api/v1/duty-recording-rules             . I L S . A .
            POST   /api/v1/duty-recording-rules             . . . . . A .
            POST   /api/v1/duty-recording-rules/{id}/end    . . . . . A .

            GET    /api/v1/streams/{id}/zones               O I L S . . .
            POST   /api/v1/streams/{id}/zones               O I . . . . .
            PATCH  /api/v1/streams/{id}/zones/{zoneId}      O I . . . . .
            DELETE /api/v1/streams/{id}/zones/{zoneId}      O I . . . . .

            GET    /api/v1/cameras/health                   O I L S . A .
            GET    /api/v1/cameras/{id}/health              O I L S . A .
            GET    /api/v1/cameras/{id}/reference           O I L S . . .
            POST   /api/v1/cameras/{id}/learn               O . . . . A .

            GET    /api/v1/streams/{id}/snapshot            O I L S . . .
            GET    /api/v1/streams/{id}/segments            O I L S . . .
            GET    /api/v1/streams/{id}/device-recordings   O I L S . . .
            POST   /api/v1/streams/{id}/device-recordings/fetch O I L . . . .
            GET    /api/v1/streams/{id}/segments/{sequence}.mp4 O I L S . . .
            GET    /api/v1/streams/{id}/playlist.m3u8       O I L S . . .
            GET    /api/v1/streams/{id}/export              . I L . . . .
            GET    /api/v1/roots                            . I L . . . X
            GET    /api/v1/roots/{day}/document             . I L . . . X
            GET    /api/v1/roots/{day}/sheet                . I L . . . X

            GET    /api/v1/quotas                           . I L S . . .
            POST   /api/v1/quotas                           . I . . . . .
            PUT    /api/v1/quotas/{id}                      . I . . . . .

            GET    /api/v1/uploads                          . . L S . A . C
            OPTIONS /api/v1/uploads                         . . . S . A . C
            POST   /api/v1/uploads                          . . . S . A . C
            GET    /api/v1/uploads/{id}                     . . L S . A . C
            HEAD   /api/v1/uploads/{id}                     . . . S . A . C
            PATCH  /api/v1/uploads/{id}                     . . . S . A . C
            DELETE /api/v1/uploads/{id}                     . . . S . A . C
            POST   /api/v1/uploads/{id}/correct             . . . S . A .
            POST   /api/v1/uploads/{id}/discard             . . . S . A .

            GET    /api/v1/devices/{id}/channels            O I L S . A .
            POST   /api/v1/devices/{id}/channels            . . . . . A .
            POST   /api/v1/devices/{id}/channels/query      . . . . . A .
            GET    /api/v1/devices/{id}/recordings          O I L S . . .

            GET    /api/v1/shouts                           O I L S . . .
            POST   /api/v1/shouts                           O I . . . . .
            POST   /api/v1/shouts/{batch}/end               O I . . . . .
            GET    /api/v1/announcements                    O I . . . A .
            POST   /api/v1/announcements                    O . . . . A .
            GET    /api/v1/announcements/{id}/sound         O I . . . A .
            DELETE /api/v1/announcements/{id}               O . . . . A .
            GET    /api/v1/walls                            O I L S . . .
            POST   /api/v1/walls                            O I L S . . .
            PUT    /api/v1/walls/{id}                       O I L S . . .
            DELETE /api/v1/walls/{id}                       O I L S . . .

            GET    /api/v1/gb28181/devices                  O I . S . A .
            PUT    /api/v1/gb28181/devices/{id}             . . . . . A .
            GET    /api/v1/gb28181/devices/{id}/channels    O I . S . A .
            POST   /api/v1/gb28181/devices/{id}/catalog     O . . . . A .
            POST   /api/v1/gb28181/devices/{id}/guard       O . . . . A .
            POST   /api/v1/gb28181/devices/{id}/alarm-reset O . . . . A .
            POST   /api/v1/gb28181/devices/{id}/reboot      . . . . . A .
            GET    /api/v1/gb28181/devices/{id}/status      O I . S . A .
            POST   /api/v1/streams/{id}/key-picture         O I . . . . .
            POST   /api/v1/streams/{id}/ptz                 O I . . . . .
            PUT    /api/v1/streams/{id}/ptz/home            O . . . . . .
            GET    /api/v1/streams/{id}/presets             O I . . . . .
            PUT    /api/v1/streams/{id}/presets/{number}    O . . . . . .
            DELETE /api/v1/streams/{id}/presets/{number}    O . . . . . .
            POST   /api/v1/streams/{id}/presets/{number}/call O I . . . . .
            GET    /api/v1/platforms/lower                  . . . . . A .
            POST   /api/v1/platforms/lower                  . . . . . A .
            PUT    /api/v1/platforms/lower/{id}             . . . . . A .
            DELETE /api/v1/platforms/lower/{id}             . . . . . A .
            GET    /api/v1/platforms/upward                 . . . . . A .
            POST   /api/v1/platforms/upward                 . . . . . A .
            PUT    /api/v1/platforms/upward/{id}            . . . . . A .
            DELETE /api/v1/platforms/upward/{id}            . . . . . A .
            GET    /api/v1/draws                            . I L . . . .
            POST   /api/v1/draws                            . I . . . . .
            GET    /api/v1/draws/pool                       . I L . . . .
            GET    /api/v1/draws/{id}                       . I L . . . .
            GET    /api/v1/draws/{id}/record                . I L . . . .
            POST   /api/v1/draws/{id}/freeze                . I . . . . .
            POST   /api/v1/draws/{id}/draw                  . I . . . . .
            POST   /api/v1/draws/{id}/cancel                . I . . . . .

            GET    /api/v1/roll-calls                       O I . . . . .
            POST   /api/v1/roll-calls                       . I . . . . .
            GET    /api/v1/roll-calls/pool                  . I . . . . .
            GET    /api/v1/roll-calls/{id}                  O I . . . . .
            POST   /api/v1/roll-calls/{id}/close            . I . . . . .
            POST   /api/v1/roll-calls/{id}/cancel           . I . . . . .
            POST   /api/v1/roll-calls/{id}/answers/{officerId}/{action} . I . . . . .
            GET    /api/v1/me                               . . . . F . .
            GET    /api/v1/me/held                          . . . . F . .
            GET    /api/v1/corrections                      . . . S F . .
            POST   /api/v1/corrections                      . . . . F . .
            GET    /api/v1/corrections/{id}                 . . . S F . .
            POST   /api/v1/corrections/{id}/answer          . . . S . . .
            GET    /api/v1/checklists                       . I L . . . .
            POST   /api/v1/checklists                       . I . . . . .
            GET    /api/v1/checklists/{id}                  . I L . . . .
            PUT    /api/v1/checklists/{id}                  . I . . . . .
            GET    /api/v1/inspection-tasks                 . I L . . . .
            POST   /api/v1/inspection-tasks                 . I . . . . .
            GET    /api/v1/inspection-tasks/people          . I . . . . .
            GET    /api/v1/inspection-tasks/{id}            . I L . . . .
            GET    /api/v1/inspection-tasks/{id}/bench      . I L . . . .
            POST   /api/v1/inspection-tasks/{id}/start      . I L . . . .
            PUT    /api/v1/inspection-tasks/{id}/items/{position} . I L . . . .
            POST   /api/v1/inspection-tasks/{id}/evidence   . I L . . . .
            GET    /api/v1/inspection-tasks/{id}/evidence/{file} . I L . . . .
            POST   /api/v1/inspection-tasks/{id}/finish     . I L . . . .
            POST   /api/v1/inspection-tasks/{id}/reassign   . I . . . . .
            POST   /api/v1/inspection-tasks/{id}/cancel     . I . . . . .
            POST   /api/v1/draws/{id}/tasks                 . I . . . . .
            GET    /api/v1/draws/{id}/sheet                 . I L . . . .
            GET    /api/v1/activity-kinds                   . I L S . . .
            GET    /api/v1/activities                       . I L S . . .
            POST   /api/v1/activities                       . . L S . . .
            GET    /api/v1/activities/template              . I L S . . .
            POST   /api/v1/activities/import                . . L S . . .
            GET    /api/v1/activities/{id}                  . I L S . . .
            PUT    /api/v1/activities/{id}                  . . L S . . .
            POST   /api/v1/activities/{id}/retire           . . L S . . .
            GET    /api/v1/activity-stages                  . I L S . . .
            GET    /api/v1/activity-stages/waiting          . I L S . . .
            GET    /api/v1/activity-stages/{id}             . I L S . . .
            POST   /api/v1/activity-stages/{id}/{action}    . . . S . . .
            GET    /api/v1/record-reports                   . I L . . . .
            POST   /api/v1/record-reports                   . . L . . . .
            GET    /api/v1/record-reports/overview          . I L . . . .
            GET    /api/v1/record-reports/{id}              . I L . . . .
            GET    /api/v1/record-reports/{id}/pdf          . I L . . . .

            GET    /actuator                                . . . . . A .
            GET    /actuator/health                         public
            GET    /actuator/health/**                      . . . . . A .
            GET    /actuator/info                           . . . . . A .
            GET    /actuator/metrics                        . . . . . A .
            GET    /actuator/metrics/{requiredMetricName}   . . . . . A .
            GET    /actuator/prometheus                     . . . . . A .
            """;

    private static final Map<Character, Role> LETTERS = Map.of(
            'O', Role.OPERATOR,
            'I', Role.INSPECTOR,
            'L', Role.LEGAL_REVIEWER,
            'S', Role.SQUAD_LEADER,
            'F', Role.OFFICER,
            'A', Role.ADMINISTRATOR,
            'X', Role.SECURITY_AUDITOR,
            'C', Role.COLLECTION_STATION);
    private static final RunningService SERVICE = RunningService.shared();
    private static final RouteWalk WALK = new RouteWalk(SERVICE);

    /** A line of the table; {@code everybody} for public ones. */
    private record Decision(Set<Role> roles, boolean everybody) {}

    @Test
    void everyRouteIsDecidedAndNoDecisionIsForNothing() {
        Set<String> standing = new TreeSet<>();
        WALK.routes().forEach(route -> standing.add(route.key()));

        assertThat(standing).containsExactlyInAnyOrderElementsOf(matrix().keySet());
    }

    @Test
    void everyRouteLetsInTheRolesOfItsDecisionAndNobodyElse() throws Exception {
        Map<Role, String> credentials = new EnumMap<>(Role.class);
        People people = new People(SERVICE);
        String squad = people.squad();
        for (Role role : Role.values()) {
            credentials.put(
                    role, RouteWalk.basic(people.with(Set.of(role), role.ofBureau() ? Set.of() : Set.of(squad))));
        }
        Map<String, Decision> matrix = matrix();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        // No route waits for another one: some of them at a time.
        try (ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> walks = new ArrayList<>();
            for (Route route : WALK.routes()) {
                Decision decision = matrix.get(route.key());
                if (decision != null) {
                    walks.add(some.submit(() -> {
                        walk(route, decision, credentials, wrong);
                        return null;
                    }));
                }
            }
            for (Future<?> walk : walks) {
                walk.get();
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void walk(Route route, Decision decision, Map<Role, String> credentials, List<String> wrong)
            throws IOException, InterruptedException {
        for (Role role : Role.values()) {
            HttpResponse<String> answer = WALK.call(route, credentials.get(role));
            boolean letIn = answer.statusCode() != 401 && answer.statusCode() != 403;
            boolean expected = decision.everybody() || decision.roles().contains(role);
            if (letIn != expected || answer.statusCode() >= 500 || RouteWalk.isRedirect(answer)) {
                wrong.add(route.key() + " for " + role.label() + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        HttpResponse<String> answer = WALK.call(route, null);
        boolean asExpected = decision.everybody()
                ? answer.statusCode() != 401 || route.key().equals("POST /api/v1/session")
                : answer.statusCode() == 401 && RouteWalk.isProblem(answer);
        if (!asExpected || answer.statusCode() >= 500 || RouteWalk.isRedirect(answer)) {
            wrong.add(route.key() + " for nobody: " + answer.statusCode() + " " + answer.body());
        }
    }

    @Test
    void aRouteThatNamesNoRoleIsDeniedToAll() {
        Caller all = new Caller(1, "all", "all", EnumSet.allOf(Role.class), 0, Set.of(), false, 1, null);

        assertThat(RoutePolicy.decide(null, all).isGranted()).isFalse();
        assertThat(RoutePolicy.decide(null, null).isGranted()).isFalse();
    }

    @Test
    void whereThereIsNoRouteStrangersMustLogInAndOthersLearnSo() throws Exception {
        String somebody = RouteWalk.basic(new People(SERVICE).with(Role.SECURITY_AUDITOR));
        for (String path : List.of("/api", "/api/v1/no-such", "/api/v2/devices", "/api/v1/devices/a/b/c")) {
            HttpResponse<String> stranger = WALK.call(new Route("GET", path, "*/*", RouteWalk.JSON), null);
            HttpResponse<String> known = WALK.call(new Route("GET", path, "*/*", RouteWalk.JSON), somebody);

            assertThat(stranger.statusCode()).as(path).isEqualTo(401);
            assertThat(RouteWalk.isProblem(stranger)).as(path).isTrue();
            assertThat(known.statusCode()).as(path).isEqualTo(404);
            assertThat(RouteWalk.isProblem(known)).as(path).isTrue();
        }
    }

    @Test
    void aMethodThatARouteDoesNotHaveIs405ToThoseWhoAreLoggedInAnd401ToOthers() throws Exception {
        Route route = new Route("PUT", "/api/v1/devices", "*/*", RouteWalk.JSON);

        assertThat(WALK.call(route, null).statusCode()).isEqualTo(401);
        HttpResponse<String> known = WALK.call(route, RouteWalk.basic(new People(SERVICE).with(Role.ADMINISTRATOR)));
        assertThat(known.statusCode()).isEqualTo(405);
        assertThat(RouteWalk.isProblem(known)).isTrue();
        assertThat(known.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "POST"));
    }

    @Test
    void a401NamesItsSchemeAndNeverMakesABrowserAsk() throws Exception {
        HttpResponse<String> answer = WALK.call(new Route("GET", "/api/v1/devices", "text/html", RouteWalk.JSON), null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(RouteWalk.isProblem(answer)).isTrue();
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("Bearer");
    }

    private static Map<String, Decision> matrix() {
        Map<String, Decision> matrix = new LinkedHashMap<>();
        for (String line : MATRIX.lines().filter(text -> !text.isBlank()).toList()) {
            String[] parts = line.split(" +", 3);
            Set<Role> roles = EnumSet.noneOf(Role.class);
            boolean everybody = parts[2].strip().equals("public");
            if (!everybody) {
                parts[2].chars()
                        .mapToObj(c -> (char) c)
                        .filter(LETTERS::containsKey)
                        .forEach(letter -> roles.add(LETTERS.get(letter)));
            }
            matrix.put(parts[0] + " " + parts[1], new Decision(roles, everybody));
        }
        return matrix;
    }
}

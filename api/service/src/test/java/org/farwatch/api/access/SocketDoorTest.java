package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.SocketDoor.Knock;
import org.farwatch.api.web.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.web.util.UriTemplate;

/** Who comes through the door of a socket, with what, and with which status others are sent away. */
class SocketDoorTest {
    private static final UriTemplate TEMPLATE = new UriTemplate("/api/v1/streams/{id}/live");

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/streams/7/live");
    private final Map<String, Object> attributes = new HashMap<>();

    private static Caller caller(Role... roles) {
        return new Caller(3, "chen", "陈", Set.of(roles), 0, Set.of(), false, 1, null);
    }

    /** @return the status that is answered; 200 stands for an opened connection */
    private int knock(SocketDoor.Opening opening) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        try (ServletServerHttpResponse response = new ServletServerHttpResponse(answer)) {
            boolean opened = new SocketDoor(Set.of(Role.OPERATOR, Role.INSPECTOR), opening)
                    .beforeHandshake(new ServletServerHttpRequest(request), response, null, attributes);
            response.flush();
            assertThat(opened).isEqualTo(answer.getStatus() == 200).isEqualTo(!attributes.isEmpty());
            return answer.getStatus();
        }
    }

    private void comes(Object principal) {
        request.setUserPrincipal(new TestingAuthenticationToken(principal, null));
    }

    @Test
    void whoIsNobodyOrHasNoRoleForItDoesNotEvenAsk() throws Exception {
        SocketDoor.Opening never = _ -> {
            throw new AssertionError("was asked");
        };
        assertThat(knock(never)).isEqualTo(401);
        comes("anonymous");
        assertThat(knock(never)).isEqualTo(401);
        comes(caller(Role.LEGAL_REVIEWER));
        assertThat(knock(never)).isEqualTo(403);
    }

    @Test
    void whatIsRefusedIsAnsweredAsARequestWouldBe() throws Exception {
        comes(caller(Role.OPERATOR));
        assertThat(knock(_ -> {
                    throw new Refusal(503, "too many viewers", "no more than 2 may watch at once");
                }))
                .isEqualTo(503);
        request.setParameter("purpose", "a\nb");
        assertThat(knock(Knock::viewing)).isEqualTo(400);
    }

    @Test
    void whoIsLetInBringsHisPurposeAndOnlyTheRolesOfTheDoor() throws Exception {
        comes(caller(Role.OPERATOR, Role.LEGAL_REVIEWER));
        request.setParameter("purpose", " verify-alert ");
        assertThat(knock(knock -> {
                    assertThat(knock.caller().roles()).hasSize(2);
                    assertThat(knock.allowed().roles()).containsExactly(Role.OPERATOR);
                    assertThat(knock.viewing().purpose()).isEqualTo("verify-alert");
                    assertThat(knock.variable(TEMPLATE, "id")).isEqualTo("7");
                    assertThat(knock.variable(new UriTemplate("/other/{id}"), "id"))
                            .isNull();
                    return "stream 7";
                }))
                .isEqualTo(200);
        assertThat(attributes.values())
                .containsExactly(
                        new SocketDoor.Admitted<Object>(caller(Role.OPERATOR, Role.LEGAL_REVIEWER), "stream 7"));
    }
}

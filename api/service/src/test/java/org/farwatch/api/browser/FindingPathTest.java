package org.farwatch.api.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.farwatch.api.RunningService;
import org.farwatch.api.access.People;
import org.farwatch.api.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a lead to a closed finding in a real browser, each step by the person whose it is. */
class FindingPathTest {
    @TempDir
    private Path folder;

    @Test
    void aLeadIsNoticedExplainedConfirmedByAnotherRectifiedRecheckedAndClosed() throws Exception {
        RunningService service = RunningService.shared();
        People people = new People(service);
        String squad = people.squad();
        String squadName = service.bean(JdbcClient.class)
                .sql("select name from squad where id = :id")
                .param("id", Long.valueOf(squad))
                .query(String.class)
                .single();
        try (Browser browser = Browser.open()) {
            FindingPath path = new FindingPath(browser, service, people, squad, folder);
            Page issuer = path.signedIn(people.with(Role.INSPECTOR));
            issuer.getByTestId("nav-inspection").click();
            issuer.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("督察线索"))
                    .click();
            enterLead(issuer, squadName);
            path.walk(issuer, "在岗期间离岗");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void enterLead(Page page, String squadName) {
        page.getByTestId("lead-new").click();
        page.getByTestId("lead-squad").click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(squadName).setExact(true))
                .click();
        page.getByTestId("lead-what").fill("在岗期间离岗 40 分钟");
        page.getByTestId("form-save").click();
        page.getByTestId("lead-notice").waitFor();
    }
}

package org.farwatch.api.talk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import org.farwatch.api.talk.TalkHouse.Speaker;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import tools.jackson.databind.JsonNode;

/** The wall of somebody who speaks to the first of its devices and shouts to both; the browser's own microphone beeps. */
final class TalkScreen {
    private static final Path PICTURES =
            Path.of(System.getProperty("farwatch.pictures", "target/pictures")).toAbsolutePath();

    private final Page page;
    private final SimulatedDevice device;
    private final Locator cell;

    /** Opens the wall of two. */
    TalkScreen(Page page, Speaker first, Speaker second) {
        this.page = page;
        this.device = first.device();
        page.context().grantPermissions(List.of("microphone"));
        page.getByTestId("map").waitFor();
        page.navigate("/video?layout=4&cells=" + first.stream() + "," + second.stream());
        page.getByTestId("purpose-verify-alert").click();
        page.getByTestId("purpose").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        cell = page.getByTestId("wall-cell").first();
        assertThat(cell.getByTestId("live-picture")).hasAttribute("data-phase", "playing");
    }

    /** Clicked, the microphone stays open until the next click. */
    void speaksByClicks() {
        cell.hover();
        cell.getByTestId("talk").click();
        is("open");
        await().atMost(TalkHouse.PATIENCE).until(() -> device.heard().bytes() > 2 * VoiceCall.RATE);
        picture("talk-zh.png");
        cell.getByTestId("talk").click();
        is("idle");
        await().atMost(TalkHouse.PATIENCE).until(() -> device.speakers() == 0);
        assertThat(Sounds.loudest(device.heard().last()))
                .as("and it is no silence")
                .isGreaterThan(1_000);
    }

    /** T on the chosen picture, and Space while it is held. */
    void speaksByKeys() {
        cell.focus();
        page.keyboard().press("t");
        is("open");
        page.keyboard().press("t");
        is("idle");
        cell.getByTestId("talk").focus();
        long before = device.heard().bytes();
        page.keyboard().down(" ");
        is("open");
        // Longer than a click.
        await().atMost(TalkHouse.PATIENCE).until(() -> device.heard().bytes() > before + VoiceCall.RATE / 2);
        page.keyboard().up(" ");
        is("idle");
    }

    /** By both at once, and leaves for the log. */
    void shouts(String announcement) {
        page.getByTestId("shout").click();
        page.getByTestId("announcement-" + announcement).check();
        picture("shout-dialog-zh.png");
        page.getByTestId("shout-send").click();
        assertThat(page.getByTestId("outcomes").getByText("已播出")).hasCount(2);
        picture("shout-outcomes-zh.png");
        page.getByTestId("shout-dialog").getByText("喊话记录").click();
    }

    /** @param log as the service has it */
    void showsTheLog(JsonNode log, String announcement) {
        assertThat(page.getByTestId("shout-count"))
                .hasText("喊话 %d 次，接通 %d 次"
                        .formatted(log.path("count").asInt(), log.path("heard").asInt()));
        assertThat(page.getByText(announcement)).hasCount(3);
        picture("shouts-zh.png");
    }

    /** From the panel of an alert whose camera has no loudspeaker: one nearby is chosen, and the panel counts it. */
    void shoutsForAnAlert(String alert, String announcement, String near) {
        page.navigate("/alerts?alert=" + alert);
        Locator shouts = page.getByTestId("alert-shouts");
        assertThat(shouts).containsText("尚未喊话");
        shouts.getByTestId("alert-shout").click();
        page.getByTestId("purpose-verify-alert").click();
        Locator dialog = page.getByTestId("shout-dialog");
        assertThat(dialog).containsText("已选 0 路");
        assertThat(page.getByTestId("shout-send")).isDisabled();
        page.getByTestId("announcement-" + announcement).check();
        page.getByTestId("loudspeakers").click();
        page.locator(".el-select-dropdown__item:visible", new Page.LocatorOptions().setHasText(near))
                .click();
        // Of several more could be chosen: the list closes when it is left.
        page.keyboard().press("Tab");
        assertThat(dialog).containsText("已选 1 路");
        picture("shout-alert-zh.png");
        page.getByTestId("shout-send").click();
        assertThat(page.getByTestId("outcomes").getByText("已播出")).hasCount(1);
        dialog.getByText("关闭").click();
        assertThat(shouts).containsText("喊话 1 次，接通 1 次");
    }

    private void is(String state) {
        assertThat(cell.getByTestId("speak")).hasAttribute("data-state", state);
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }
}

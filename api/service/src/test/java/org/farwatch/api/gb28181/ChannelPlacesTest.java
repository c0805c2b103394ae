package org.farwatch.api.gb28181;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.farwatch.api.gb28181.ChannelPlaces.Node;
import org.junit.jupiter.api.Test;

class ChannelPlacesTest {
    private static final String DEVICE = "34020000002000000008";
    private static final String GROUP = "34020000002150000001";
    private static final String UNIT = "34020000002160000001";

    @Test
    void aChannelStandsUnderItsParentElseItsGroupElseItsRegionElseTheDevice() {
        assertThat(ChannelPlaces.moved(
                        DEVICE,
                        List.of(
                                node("310113", "", "", "3101"),
                                node(GROUP, DEVICE, "", ""),
                                node(UNIT, GROUP, GROUP, ""),
                                node("by-parent", UNIT, GROUP, "310113"),
                                node("by-group", "not listed", GROUP, "310113"),
                                node("by-region", "", "not listed", "310113"),
                                node("by-region-above", "", "", "31011301"),
                                node("of-the-device", DEVICE, GROUP, "310113"),
                                node("alone", "", "", "44"),
                                node("own", "own", "", ""))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "310113",
                        DEVICE,
                        GROUP,
                        DEVICE,
                        UNIT,
                        GROUP,
                        "by-parent",
                        UNIT,
                        "by-group",
                        GROUP,
                        "by-region",
                        "310113",
                        "by-region-above",
                        "310113",
                        "of-the-device",
                        DEVICE,
                        "alone",
                        DEVICE,
                        "own",
                        DEVICE));
    }

    @Test
    void ofSeveralParentsTheLastThatIsListedCounts() {
        Map<String, String> moved = ChannelPlaces.moved(
                DEVICE,
                List.of(
                        node("a", DEVICE, "", ""),
                        node("b", "a", "", ""),
                        node("both", "a/b", "", ""),
                        node("one", "a/not listed", "", "")));
        assertThat(moved).containsEntry("both", "b").containsEntry("one", "a");
    }

    @Test
    void regionsStandUnderTheRegionAboveThem() {
        Map<String, String> moved = ChannelPlaces.moved(
                DEVICE,
                List.of(node("31", "", "", "31"), node("3101", "", "", "3101"), node("310113", "", "", "3101")));
        assertThat(moved)
                .containsEntry("31", DEVICE)
                .containsEntry("3101", "31")
                .containsEntry("310113", "3101");
    }

    @Test
    void whatIsNotListedAnyMoreHoldsNothingThatIs() {
        Node gone = new Node("gone", DEVICE, "", "", false, "");
        Node goneToo = new Node("gone-too", "gone", "", "", false, "");
        assertThat(ChannelPlaces.moved(DEVICE, List.of(gone, goneToo, node("here", "gone", "", ""))))
                .containsEntry("here", DEVICE)
                .containsEntry("gone-too", "gone");
    }

    @Test
    void whoStandsWhereHeBelongsIsNotMoved() {
        assertThat(ChannelPlaces.moved(DEVICE, List.of(new Node("a", DEVICE, "", "", true, DEVICE))))
                .isEmpty();
    }

    /** However a device ties its channels, each is reached from the device. */
    @Property(tries = 200)
    void eachIsReachedFromTheDevice(@ForAll("ties") List<Node> nodes) {
        Map<String, String> under = ChannelPlaces.moved(DEVICE, nodes);
        assertThat(under).hasSize(nodes.size());
        for (Node node : nodes) {
            String at = node.code();
            for (int steps = 0; !at.equals(DEVICE); steps++) {
                assertThat(steps).isLessThanOrEqualTo(nodes.size());
                at = under.get(at);
            }
        }
    }

    @Provide
    Arbitrary<List<Node>> ties() {
        Arbitrary<String> code = Arbitraries.of("1", "2", "3", "4", "5", "6", "");
        return Combinators.combine(Arbitraries.of("1", "2", "3", "4", "5", "6"), code, code, code)
                .as((own, parent, group, region) -> new Node(own, parent, group, region, true, ""))
                .list()
                .uniqueElements(Node::code)
                .ofMaxSize(6);
    }

    private static Node node(String code, String parent, String group, String region) {
        return new Node(code, parent, group, region, true, "");
    }
}

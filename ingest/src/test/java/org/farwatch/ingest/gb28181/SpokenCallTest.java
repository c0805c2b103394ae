package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.gb28181.House.CAMERA;
import static org.farwatch.ingest.gb28181.House.DEVICE;
import static org.farwatch.ingest.gb28181.House.PASSWORD;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.media.voice.MuLaw;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker;
import org.farwatch.ingest.simulator.gb28181.Loudspeaker.Broadcast;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound to a simulated device over real sockets. */
class SpokenCallTest {
    private static final DeviceTraits RECORDER = DeviceTraits.proper(DEVICE, PASSWORD, House.cameras(2));
    private static final int SECONDS = 10;

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    @ParameterizedTest
    @EnumSource(Loudspeaker.Link.class)
    void whatIsSaidIsHeardOverEachTransportThatTheDeviceAsksFor(Loudspeaker.Link link) throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER.with(Loudspeaker.PROPER.over(link)));
            VoiceCall call = opened(house);
            byte[] said = say(call, 50);
            await().until(() -> device.heard().bytes() == said.length);
            assertThat(device.heard().last()).isEqualTo(said);
            assertThat(device.heard().payloadType()).isEqualTo(8);
            assertThat(device.speakers()).isOne();
            assertThat(house.server.voicesOpen()).isOne();

            call.close();
            await().until(() -> device.speakers() == 0);
            await().until(() -> house.receivers.openSessions() == 0);
            assertThat(house.server.voicesOpen()).isZero();
            assertThat(call.send(new byte[VoiceCall.PIECE])).isFalse();
            assertThat(call.ended().toCompletableFuture()).isNotDone();
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.NOT_ADMITTED))
                    .isZero();
        }
    }

    @Test
    void signallingOverTcpCarriesItToo() throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER.overTcp());
            VoiceCall call = opened(house);
            byte[] said = say(call, 3);
            await().until(() -> device.heard().bytes() == said.length);
            call.close();
            await().until(() -> device.speakers() == 0);
        }
    }

    @Test
    void aDeviceThatOffersOnlyMuLawHearsIt() throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER.with(Loudspeaker.PROPER.taking(0)));
            VoiceCall call = opened(house);
            byte[] said = say(call, 5);
            await().until(() -> device.heard().bytes() == said.length);
            assertThat(device.heard().last()).isEqualTo(MuLaw.ofALaw(said));
            assertThat(device.heard().payloadType()).isZero();
        }
    }

    @Test
    void aCallThatNamesAnotherChannelOfTheDeviceIsTaken() throws Exception {
        try (House house = new House()) {
            house.registered(RECORDER.with(Loudspeaker.PROPER.as("34020000001370000001")));
            opened(house);
        }
    }

    @Test
    void aDeviceThatCallsLateIsWaitedFor() throws Exception {
        try (House house = new House()) {
            house.registered(RECORDER.with(Loudspeaker.PROPER.after(Duration.ofMillis(600))));
            opened(house);
        }
    }

    @Test
    void aDeviceThatCallsTooLateIsRefused() throws Exception {
        try (House house = new House()) {
            house.registered(RECORDER.with(Loudspeaker.PROPER.after(Duration.ofMillis(1_500))));
            assertThat(refusal(house))
                    .contains("does not call back within 1000 ms")
                    .contains("488");
            await().until(() -> house.faults.total(Protocol.GB28181, FaultKind.NOT_ADMITTED) == 1);
            assertThat(house.server.voicesOpen()).isZero();
            assertThat(house.receivers.openSessions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(RtpTransport.class)
    void aDeviceThatRefusesBroadcastIsCalledAndNextTimeAtOnce(RtpTransport transport) throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(
                    RECORDER.with(Loudspeaker.PROPER.told(Broadcast.REFUSES).talking()));
            for (int times = 1; times <= 2; times++) {
                VoiceCall call = house.server.voice(DEVICE, CAMERA, transport);
                call.open().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
                long before = device.heard().bytes();
                byte[] said = say(call, 20);
                await().until(() -> device.heard().bytes() == before + said.length);
                call.close();
                await().until(() -> device.speakers() == 0);
            }
            assertThat(device.asked()).containsOnlyOnce("Broadcast");
            if (transport == RtpTransport.UDP) {
                assertThat(house.receivers.totals().get(Count.PACKETS))
                        .as("its own sound is counted and dropped")
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Broadcast.class,
            names = {"REFUSES", "UNKNOWN", "FORGETS"})
    void aDeviceThatTakesNoSoundIsNamedWithItsReasons(Broadcast reaction) throws Exception {
        try (House house = new House()) {
            house.registered(RECORDER.with(Loudspeaker.PROPER.told(reaction)));
            assertThat(refusal(house))
                    .contains(
                            switch (reaction) {
                                case REFUSES -> "ERROR";
                                case UNKNOWN -> "405";
                                case FORGETS, CALLS -> "does not call back";
                            })
                    .contains("refuses the talk: 488");
            await().until(() -> house.receivers.openSessions() == 0);
            assertThat(house.server.voicesOpen()).isZero();
        }
    }

    @Test
    void whatTheDeviceEndsIsOver() throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            VoiceCall call = opened(house);
            device.hangUpSpeakers();
            assertThat(call.ended().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("the device hung up");
            assertThat(call.send(new byte[VoiceCall.PIECE])).isFalse();
            assertThat(house.server.voicesOpen()).isZero();
            await().until(() -> house.receivers.openSessions() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loudspeaker.Link.class,
            names = {"CONNECTS", "LISTENS"})
    void aLostLinkEndsTheCallAndTheDeviceIsToldSo(Loudspeaker.Link link) throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER.with(Loudspeaker.PROPER.over(link)));
            VoiceCall call = opened(house);
            say(call, 1);
            await().until(() -> device.heard().bytes() > 0);
            device.breakSpeakers();
            assertThat(call.ended().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                    .contains("connection");
            await().until(() -> device.speakers() == 0);
        }
    }

    @Test
    void aDeviceThatGoesOfflineIsSpokenToNoMore() throws Exception {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            VoiceCall call = opened(house);
            device.register(0);
            assertThat(call.ended().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("the device went offline");
        }
    }

    @Test
    void aCallThatNobodyAskedForIsRefusedAndCounted() throws Exception {
        try (House house = new House()) {
            SimulatedDevice stranger = house.device(RECORDER);
            assertThat(stranger.callUnasked(CAMERA)).isEqualTo(403);
            SimulatedDevice device = house.registered(RECORDER);
            assertThat(device.callUnasked(CAMERA)).isEqualTo(403);
            assertThat(house.faults.total(Protocol.GB28181, FaultKind.NOT_ADMITTED))
                    .isEqualTo(2);
            opened(house);
            assertThat(device.callUnasked(CAMERA)).as("one is enough").isEqualTo(403);
        }
    }

    @Test
    void aChannelIsSpokenToByOneAndClosedBeforeItAnswersItIsFree() throws Exception {
        try (House house = new House()) {
            house.registered(RECORDER.with(Loudspeaker.PROPER.told(Broadcast.FORGETS)));
            VoiceCall first = house.server.voice(DEVICE, CAMERA, RtpTransport.UDP);
            var waiting = first.open().toCompletableFuture();
            assertThat(refusal(house)).contains("is being spoken to");
            first.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(SECONDS, TimeUnit.SECONDS))
                    .satisfies(e -> assertThat(((PullFailure) e.getCause()).offlineCause())
                            .isEqualTo(OfflineCause.STOPPED));
            assertThat(house.server.voicesOpen()).isZero();
        }
    }

    @Test
    void aDeviceThatIsNotRegisteredIsNotCalled() throws IOException {
        try (House house = new House()) {
            assertThat(refusal(house)).contains("not registered");
        }
    }

    private static VoiceCall opened(House house) throws Exception {
        VoiceCall call = house.server.voice(DEVICE, CAMERA, RtpTransport.UDP);
        call.open().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        return call;
    }

    private static String refusal(House house) {
        VoiceCall call = house.server.voice(DEVICE, CAMERA, RtpTransport.UDP);
        try {
            call.open().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(PullFailure.class);
            return e.getCause().getMessage();
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was opened");
    }

    private static byte[] say(VoiceCall call, int pieces) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Random random = new Random(pieces);
        for (int i = 0; i < pieces; i++) {
            byte[] piece = new byte[VoiceCall.PIECE];
            random.nextBytes(piece);
            assertThat(call.send(piece)).isTrue();
            said.writeBytes(piece);
        }
        return said.toByteArray();
    }
}

package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.jt808.MemoryStore;
import org.farwatch.ingest.jt809.PlatformTally.SlaveState;
import org.junit.jupiter.api.Test;

class Jt809ServerTest {
    private static final byte[] POSITION = Frames.hex(PositionBodyTest.VECTOR);
    private static final String PLATE = "沪A12345";
    private static final String ID = "20180920-2-沪A12345";

    @Test
    void everyReasonToRefuseALoginHasItsOwnResult() throws IOException {
        try (House house = House.open()) {
            assertThat(login(house, 999, 20180920, House.PASSWORD)).isEqualTo(2);
            assertThat(login(house, House.ACCESS_CODE, 1, House.PASSWORD)).isEqualTo(3);
            assertThat(login(house, House.ACCESS_CODE, 20180920, "wrong")).isEqualTo(4);
            assertThat(house.tally().lastError()).contains("the password is wrong");
            assertThat(login(house, House.ACCESS_CODE, 20180920, House.PASSWORD))
                    .isZero();
            LowerPlatform elsewhere = House.platform(Edition.V2011, null, true);
            house.register(new LowerPlatform(
                    1,
                    elsewhere.name(),
                    elsewhere.accessCode(),
                    elsewhere.userId(),
                    elsewhere.edition(),
                    null,
                    "10.0.0.9",
                    true,
                    elsewhere.datum()));
            assertThat(login(house, House.ACCESS_CODE, 20180920, House.PASSWORD))
                    .isEqualTo(1);
            assertThat(house.undecoded).as("no password is kept").isEmpty();
        }
    }

    private static int login(House house, long accessCode, long user, String password) throws IOException {
        try (PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null, accessCode)) {
            return client.login(Edition.V2011, user, password);
        }
    }

    @Test
    void nothingIsTakenBeforeTheLogin() throws IOException {
        try (House house = House.open();
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
            assertThat(client.login(Edition.V2011, 20180920, House.PASSWORD)).isZero();
            client.fence();
            assertThat(house.faults(FaultKind.NOT_ADMITTED)).isEqualTo(1);
            assertThat(house.store.rows()).isEmpty();
        }
    }

    @Test
    void aConnectionThatDoesNotLogInIsClosed() throws IOException {
        Jt809Settings settings = Jt809Settings.at("127.0.0.1", 0)
                .withIdleTimeout(Duration.ofMillis(400))
                .withLoginTimeout(Duration.ofMillis(300));
        try (House house = new House(settings, 1000);
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            assertThat(client.frame()).isNull();
            await().until(() -> house.server().connections() == 0);
        }
    }

    @Test
    void aSilentPlatformIsDroppedAndItsVehiclesAreOffline() throws IOException {
        Jt809Settings settings = Jt809Settings.at("127.0.0.1", 0).withIdleTimeout(Duration.ofMillis(400));
        try (House house = new House(settings, 1000);
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.login(Edition.V2011, 20180920, House.PASSWORD);
            client.send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
            while (client.frame() != null) {
                // Notices of what was received, then the end.
            }
            await().untilAsserted(() -> assertThat(house.presence).containsExactly("+" + ID, "-" + ID));
            assertThat(house.tally().lastError()).startsWith("silent for");
            assertThat(house.tally().connectedSince()).isNull();
        }
    }

    @Test
    void aVehicleIsCreatedOnceAndItsPositionsStored() throws IOException {
        try (House house = House.open();
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.login(Edition.V2011, 20180920, House.PASSWORD);
            byte[] history = new byte[1 + 3 * POSITION.length];
            history[0] = 3;
            for (int i = 0; i < 3; i++) {
                System.arraycopy(POSITION, 0, history, 1 + i * POSITION.length, POSITION.length);
                history[1 + i * POSITION.length + 7] = (byte) i;
            }
            client.send(client.vehicle(PLATE, 2, MessageId.VEHICLE_REGISTRATION, new byte[61]))
                    .send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION))
                    .send(client.vehicle(PLATE, 2, MessageId.VEHICLE_HISTORY, history));
            client.fence();
            await().until(() -> house.store.rows().size() == 4);
            assertThat(house.store.rows())
                    .extracting(row -> PositionFlag.BUFFERED.in(row.flags()))
                    .containsExactly(false, true, true, true);
            assertThat(house.tally().positions()).isEqualTo(4);
            assertThat(house.presence).containsExactly("+" + ID);
        }
    }

    @Test
    void aPlatformThatMayNotCreateVehiclesBringsOnlyKnownOnes() throws IOException {
        try (House house = House.open()) {
            house.register(House.platform(Edition.V2011, null, false));
            house.addVehicle(ID);
            try (PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
                client.login(Edition.V2011, 20180920, House.PASSWORD);
                client.send(client.vehicle("沪B99999", 1, MessageId.VEHICLE_POSITION, POSITION))
                        .send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
                client.fence();
                await().until(() -> house.store.rows().size() == 1);
                assertThat(house.tally().refusedVehicles()).isEqualTo(1);
                assertThat(house.undecoded).containsExactly("vehicle 20180920-1-沪B99999 is refused: UNKNOWN_DEVICE");
            }
        }
    }

    @Test
    void whatCannotBeReadIsCountedKeptAndCostsOnlyItself() throws IOException {
        try (House house = House.open();
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.login(Edition.V2011, 20180920, House.PASSWORD);
            byte[] tooMany = POSITION.clone();
            client.send(Frames.hex("5B00115D"))
                    .send(client.vehicle(PLATE, 2, MessageId.VEHICLE_HISTORY, new byte[] {5, 0, 0}))
                    .send(client.vehicle(PLATE, 2, 0x120A, new byte[4]))
                    .send(client.writer.begin(0x1700).putDword(1).end())
                    .send(client.writer.begin(MessageId.VEHICLE).putDword(1).end())
                    .send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, tooMany));
            client.fence();
            await().until(() -> house.store.rows().size() == 1);
            assertThat(house.faults(FaultKind.MALFORMED)).isEqualTo(1);
            assertThat(house.faults(FaultKind.BAD_BODY)).isEqualTo(2);
            assertThat(house.faults(FaultKind.UNKNOWN_MESSAGE)).isEqualTo(2);
            assertThat(house.tally().unknownMessages()).isEqualTo(2);
            assertThat(house.undecoded)
                    .containsExactly(
                            "positions: 5 are stated, 0 are whole",
                            "vehicle message 120a is not handled",
                            "message 1700 is not handled",
                            "vehicle message: 4 bytes, at least 28 are needed");
        }
    }

    @Test
    void anEncryptedLinkOf2019IsReadAndAnsweredEncrypted() throws IOException {
        BodyCipher cipher = new BodyCipher(10_000_000, 20_000_000, 30_000_000);
        try (House house = House.open()) {
            house.register(House.platform(Edition.V2019, cipher, true));
            try (PlatformClient client = new PlatformClient(house.port(), Edition.V2019, cipher)) {
                client.send(new Login(20180920, House.PASSWORD, "", 0)
                        .write(client.writer, Edition.V2019, House.ACCESS_CODE));
                Frame reply = client.frame();
                assertThat(reply.encrypted()).isTrue();
                assertThat(reply.edition(Edition.V2019)).isTrue();
                reply.decrypt(cipher);
                assertThat(Wire.octet(reply.bytes(), reply.bodyOffset())).isZero();
            }
        }
    }

    @Test
    void whileTheStoreIsStuckTheSocketIsNotReadAndNothingIsLost() throws Exception {
        try (House house = new House(Jt809Settings.at("127.0.0.1", 0), 100);
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.login(Edition.V2011, 20180920, House.PASSWORD);
            client.send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
            client.fence();
            house.store.hold();
            int sent = 60_000;
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < sent; i++) {
                        client.send(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().until(() -> house.budget.inFlight() >= 100);
            await().during(Duration.ofMillis(300)).until(() -> house.store.held() < 5_000 && sender.isAlive());
            house.store.release();
            sender.join();
            client.fence();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(house.store.rows()).hasSize(sent + 1));
            assertThat(house.store.rows()).extracting(MemoryStore.Row::device).containsOnly(1);
            await().until(() -> house.budget.inFlight() == 0);
        }
    }

    @Test
    void aSecondLoginOfAPlatformEndsTheFirst() throws IOException {
        try (House house = House.open();
                PlatformClient first = new PlatformClient(house.port(), Edition.V2011, null);
                PlatformClient second = new PlatformClient(house.port(), Edition.V2011, null)) {
            first.login(Edition.V2011, 20180920, House.PASSWORD);
            assertThat(second.login(Edition.V2011, 20180920, House.PASSWORD)).isZero();
            assertThat(first.frame().messageId()).isEqualTo(MessageId.DOWN_CLOSING);
            assertThat(first.frame()).isNull();
            second.fence();
            assertThat(house.server().platformsOnline()).isEqualTo(1);
            assertThat(house.tally().connectedSince()).isNotNull();
        }
    }

    @Test
    void theSlaveLinkShowsTheCodeOfTheLogin() throws IOException {
        try (House house = House.open();
                ServerSocket down = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            client.send(new Login(20180920, House.PASSWORD, "127.0.0.1", down.getLocalPort())
                    .write(client.writer, Edition.V2011, House.ACCESS_CODE));
            Frame reply = client.frame();
            int code = Wire.dword(reply.bytes(), reply.bodyOffset() + 1);
            try (Socket slave = down.accept()) {
                Frame opening = Frames.first(untilEnd(slave.getInputStream()));
                assertThat(opening.messageId()).isEqualTo(MessageId.DOWN_LOGIN);
                assertThat(Wire.dword(opening.bytes(), opening.bodyOffset())).isEqualTo(code);
                slave.getOutputStream()
                        .write(client.writer
                                .begin(MessageId.DOWN_LOGIN_REPLY)
                                .putByte(0)
                                .end());
                await().until(() -> house.tally().slave() == SlaveState.CONNECTED);
                // Vehicles may report on the slave link as well, when the main link cannot carry them.
                slave.getOutputStream().write(client.vehicle(PLATE, 2, MessageId.VEHICLE_POSITION, POSITION));
                await().until(() -> house.store.rows().size() == 1);
            }
        }
    }

    /** A frame is longer the more of its bytes are escaped. */
    private static byte[] untilEnd(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int read;
        do {
            read = in.read();
            bytes.write(read);
        } while (read != 0x5D && read >= 0);
        return bytes.toByteArray();
    }

    @Test
    void aLoginCannotSendTheServiceToConnectElsewhere() throws IOException {
        try (House house = House.open();
                PlatformClient client = new PlatformClient(house.port(), Edition.V2011, null)) {
            Login login = new Login(20180920, House.PASSWORD, "169.254.169.254", 80);
            assertThat(client.login(Edition.V2011, login)).isZero();
            await().until(() -> house.tally().slave() == SlaveState.NOT_ALLOWED);
            client.fence();
        }
    }
}

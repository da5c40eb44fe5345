package org.experimaestro.runtime.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.base.file.FileOwner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sockets at a port, by lines as proc(5) shows them. */
class ListenersTest {
    /** Port 8080. */
    private static final int PORT = 0x1F90;

    private static final long OTHER = 987_654;

    @TempDir
    static Path folder;

    private static long self;

    @BeforeAll
    static void lookAtThisUser() throws IOException {
        self = FileOwner.of(Files.createFile(folder.resolve("mine"))).number();
    }

    private static String line(String address, String state, long user) {
        return "   0: " + address + ":1F90 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000  " + user
                + "        0 123456 1 0000000000000000 100 0 0 10 0";
    }

    private static Listeners of(ByteOrder order, String... lines) throws IOException {
        return Listeners.of(List.of(lines), PORT, order);
    }

    private static boolean isOpen(ByteOrder order, String address) throws IOException {
        return of(order, line(address, "0A", self)).isOpen();
    }

    @Test
    void isOpen_addressesInBothOrders_areReadAsTheMachineWritesThem() throws IOException {
        ByteOrder little = ByteOrder.LITTLE_ENDIAN;
        assertThat(isOpen(little, "0100007F")).isFalse();
        assertThat(isOpen(little, "0000000000000000FFFF00000100007F")).isFalse();
        assertThat(isOpen(little, "00000000000000000000000001000000")).isFalse();
        assertThat(isOpen(little, "7F00000A")).as("10.0.0.127").isTrue();
        assertThat(isOpen(little, "00000000")).isTrue();
        assertThat(isOpen(little, "00000000000000000000000000000000")).isTrue();
        ByteOrder big = ByteOrder.BIG_ENDIAN;
        assertThat(isOpen(big, "7F000001")).isFalse();
        assertThat(isOpen(big, "00000000000000000000FFFF7F000001")).isFalse();
        assertThat(isOpen(big, "00000000000000000000000000000001")).isFalse();
        assertThat(isOpen(big, "0A00007F")).as("10.0.0.127").isTrue();
    }

    @Test
    void isForeign_socketOfAnotherUser_isSeenWhereOursCouldBe() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        assertThat(of(order, line("0100007F", "0A", OTHER)).isForeign()).isTrue();
        assertThat(of(order, line("0100007F", "0A", OTHER)).isOwn()).isFalse();
        assertThat(of(order, line("00000000000000000000000000000000", "0A", OTHER))
                        .isForeign())
                .isTrue();
        Listeners both = of(order, line("0100007F", "0A", self), line("0200007F", "0A", OTHER));
        assertThat(both.isForeign()).as("127.0.0.2").isFalse();
        assertThat(both.isOwn()).isTrue();
        assertThat(both.isOpen()).isFalse();
        assertThat(of(order, line("0100007F", "01", OTHER)).isForeign())
                .as("a connection")
                .isFalse();
    }

    @Test
    void at_portOfThisProcess_isOwn() throws IOException {
        assumeThat(Path.of("/proc/net/tcp")).exists();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Listeners listeners = Listeners.at(socket.getLocalPort());
            assertThat(listeners.isOwn()).isTrue();
            assertThat(listeners.isOpen()).isFalse();
            assertThat(listeners.isForeign()).isFalse();
        }
    }
}

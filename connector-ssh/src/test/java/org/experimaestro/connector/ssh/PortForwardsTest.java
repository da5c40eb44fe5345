package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forwards over the ssh of this machine, to a host that cannot be reached. Each try to reach it leaves a file. */
@Timeout(120)
class PortForwardsTest {
    @TempDir
    Path folder;

    private Path tried;
    private SshTransport transport;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "there is no ssh");
        tried = folder.resolve("tried");
        Path config =
                Files.writeString(folder.resolve("config"), "Host far\n  ProxyCommand touch '" + tried + "'; exit 1\n");
        transport = new SshTransport(
                new SshOptions(
                        "far", "far", Optional.of(config), List.of(), new SshOptions.Sharing.Shared(Path.of("/"), "/")),
                true);
    }

    @Test
    void endForward_connectionIsLost_opensNoneForIt() throws Exception {
        assertThatThrownBy(() -> transport.forward(40_001, 6_006)).isInstanceOf(UnreachableException.class);
        assertThat(tried).exists();
        Files.delete(tried);

        transport.endForward(40_001, 6_006);
        assertThat(tried).doesNotExist();
        transport.close();
        assertThat(tried).doesNotExist();
    }

    @Test
    void forward_afterTheEnd_opensNoConnection() throws Exception {
        PortForwards forwards = new PortForwards(transport);
        forwards.close();
        assertThatThrownBy(() -> forwards.forward(6_006)).hasMessageContaining("this view ends");
        transport.close();
        assertThatThrownBy(() -> transport.forward(40_001, 6_006))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("its connection was closed here");
        assertThat(tried).doesNotExist();
    }
}

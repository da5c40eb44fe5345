package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of scripts is in a file that other users cannot read, and is worth nothing after the server's end. */
class ScriptTokenTest {
    @TempDir
    Path folder;

    @Test
    void file_itsPermissions_areThoseOfItsOwnerAlone() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            Path file = served.server().scriptTokenFile();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void file_afterTheEnd_isGone() throws IOException {
        ServedWorkspace served = ServedWorkspace.start(folder);
        Path file = served.server().scriptTokenFile();
        assertThat(file).exists();

        served.close();

        assertThat(file).doesNotExist();
    }

    @Test
    void token_wrong_isRefusedAlsoWithASession() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            for (String value : new String[] {"Bearer", "Bearer ", "Bearer wrong", "bearer  x", "Bearer null"}) {
                RawClient client = new RawClient(served.server().port(), Map.of("Authorization", value));
                assertThat(client.get("/api/1/workspace").status()).as(value).isEqualTo(401);
            }
            assertThat(served.browser()
                            .get("/api/1/workspace", "Authorization: Bearer wrong")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void token_ofTheFile_isAnswered() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            assertThat(served.script().get("/api/1/workspace").status()).isEqualTo(200);
            assertThat(served.script().post("/api/1/address", "").body()).contains("/?token=");
        }
    }
}

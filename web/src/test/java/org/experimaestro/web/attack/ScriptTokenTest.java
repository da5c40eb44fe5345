package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of scripts is asked for with each request, and a wrong one opens nothing. */
class ScriptTokenTest {
    @TempDir
    Path folder;

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
    void token_ofTheServer_isAnswered() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            assertThat(served.script().get("/api/1/workspace").status()).isEqualTo(200);
            assertThat(served.script().post("/api/1/address", "").body()).contains("/?token=");
        }
    }
}

package org.experimaestro.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.TempHome;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command that lists tokens. */
@ExtendWith(TempHome.class)
class TokensListTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String HOLDER = "trial.step/00000000000000010000000000000001";
    private static final String WAITER = "trial.step/00000000000000020000000000000001";

    @TempDir
    private Path folder;

    private CommandLineRun list(String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "tokens";
        arguments[1] = "list";
        arguments[2] = "--workdir";
        arguments[3] = folder.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandLineRun.of(arguments);
    }

    private TokenDesk desk() {
        Workspace workspace = Workspace.open(folder);
        return new TokenDesk(
                new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens), () -> NOW);
    }

    @Test
    void list_holderAndWaiter_areShownInTheirOrder() throws IOException {
        try (TokenDesk desk = desk()) {
            desk.declare("disk", 1);
            desk.declare("licence", 3);
            desk.ask(HOLDER, "", new TreeMap<>(Map.of("licence", 2L)), 0);
            desk.ask(WAITER, "", new TreeMap<>(Map.of("licence", 2L)), 3);

            String text = list().text();
            assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                    .anyMatch(line -> line.startsWith("disk workspace 0 of 1"))
                    .anyMatch(line -> line.startsWith("licence workspace 2 of 3 2 " + HOLDER + " holds"))
                    .anyMatch(line -> line.startsWith("licence workspace 2 of 3 2 " + WAITER + " waits"));
            assertThat(text.indexOf(HOLDER)).isLessThan(text.indexOf(WAITER));

            String line = list("--json").text().lines().toList().get(1);
            JsonObject licence = JsonObject.of(Json.parse(line), line);
            assertThat(licence.integer("size")).isEqualTo(3);
            assertThat(licence.integer("held")).isEqualTo(2);
            JsonObject waiter = JsonObject.of(licence.list("waiters").getFirst(), line);
            assertThat(waiter.string("job")).isEqualTo(WAITER);
            assertThat(waiter.integer("priority")).isEqualTo(3);
            assertThat(waiter.string("since")).isEqualTo(NOW.toString());
            assertThat(waiter.integer("pid"))
                    .isEqualTo(ProcessIdentity.current().pid());
        }
        assertThat(list("--json").text()).contains("\"holders\":[]", "\"waiters\":[]");
    }

    @Test
    void list_noTokens_saysSo() {
        Workspace.open(folder);
        assertThat(list().text()).contains("No plan has declared a token in " + folder);
        assertThat(list("--json").text()).isEmpty();
    }
}

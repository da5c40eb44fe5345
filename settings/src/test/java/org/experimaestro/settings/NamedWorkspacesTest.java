package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces that the user's settings name. */
class NamedWorkspacesTest {
    @TempDir
    private Path folder;

    @Test
    void read_names_areInTheOrderOfTheFile() throws IOException {
        UserSettings user = user("""
                workspaces:
                  trec: {path: /data/trec, triggers: [trec-*, "{msmarco,nq}"]}
                  local: {path: here}
                """);

        NamedWorkspaces workspaces = user.workspaces();
        assertThat(workspaces.list()).extracting(NamedWorkspace::name).containsExactly("trec", "local");
        assertThat(workspaces.get("local", user.label()).folder()).isEqualTo(folder.resolve("here"));
        assertThat(workspaces.findFor("trec-2019").orElseThrow().name()).isEqualTo("trec");
        assertThat(workspaces.findFor("nq").orElseThrow().name()).isEqualTo("trec");
        assertThat(workspaces.findFor("xtrec-1")).isEmpty();
        assertThat(workspaces.findUsual().orElseThrow().name()).isEqualTo("local");
    }

    @Test
    void read_settingsOfAWorkspace_areBelowItsOwn_underAllItsPaths() throws IOException {
        Path workspace = Files.createDirectory(folder.resolve("work"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), workspace);
        UserSettings user = user("""
                roots: {data: /all, more: /all/more}
                workspaces:
                  lab:
                    path: %s
                    env: {A: 1, B: 1}
                    pass: [SSH_AUTH_SOCK]
                    roots: {data: /lab}
                """.formatted(link));
        Files.writeString(workspace.resolve("settings.yaml"), "env: {B: 2}\n");

        WorkspaceSettings settings = WorkspaceSettings.read(workspace, user);

        assertThat(settings.environment())
                .containsEntry("A", "1")
                .containsEntry("B", "2")
                .hasSize(3);
        assertThat(settings.variablePlaces().get("A")).endsWith("settings.yaml:5");
        assertThat(settings.variablePlaces().get("B")).endsWith("work/settings.yaml:1");
        assertThat(settings.roots(user))
                .containsOnly(Map.entry("data", Path.of("/lab")), Map.entry("more", Path.of("/all/more")));
        assertThat(WorkspaceSettings.read(folder.resolve("other"), user).environment())
                .isEmpty();
    }

    @Test
    void read_mistakes_areToldTogether() {
        assertThatThrownBy(() -> user("""
                        workspaces:
                          one: {path: /a, trigger: [x]}
                          two: {triggers: ["[a"]}
                          three: /c
                          f/our: {path: /a}
                        """))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(":2: unknown key \"workspaces.one.trigger\"")
                .hasMessageContaining("did you mean \"triggers\"?")
                .hasMessageContaining(":3: missing key \"workspaces.two.path\"")
                .hasMessageContaining("a pattern such as trec-*")
                .hasMessageContaining(":4: \"workspaces.three\" must be a map, found")
                .hasMessageContaining(":5: \"f/our\" cannot be the name of a workspace");
        assertThatThrownBy(() -> user("workspaces: {one: {path: /a}, two: {path: /b/../a}}\n"))
                .hasMessageContaining("\"one\" and \"two\" are the same folder, /a");
        assertThatThrownBy(() -> user("workspaces: [a]\n")).hasMessageContaining("must be a map from names");
    }

    @Test
    void get_unknownName_suggestsTheNearest() throws IOException {
        UserSettings user = user("workspaces: {local: {path: /a}}\n");

        assertThatThrownBy(() -> user.workspaces().get("locla", user.label()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("There is no workspace \"locla\" in ")
                .hasMessageContaining("local");
        assertThatThrownBy(() -> NamedWorkspaces.NONE.get("x", "settings.yaml"))
                .hasMessageContaining("workspaces: {x: {path: /data/work}}");
    }

    private UserSettings user(String text) throws IOException {
        Files.writeString(folder.resolve("settings.yaml"), text);
        return UserSettings.read(Map.of("EXPERIMAESTRO_CONFIG", folder.toString()), () -> folder);
    }
}

package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Default;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.model.root.RootedPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named roots: their folders in settings, and paths below them in an experiment's settings. */
class RootsTest {
    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        RootPlaces.define(Map.of("data", Path.of("/srv/corpora"), "models", Path.of("/srv/models")));
    }

    @AfterEach
    void defineNone() {
        RootPlaces.define(Map.of());
    }

    private record Settings(
            Path corpus,
            List<Path> more,
            @Default("data:/lexicon") Optional<Path> lexicon) {}

    @Test
    void roots_bothDefine_thoseOfTheWorkspaceCountMore() throws IOException {
        ofUser("roots: {data: /home/me/data, models: ~/models}\n");
        ofWorkspace("roots: {data: /srv/corpora/., other: /o}\nenv: {A: 1}\n");

        assertThat(roots())
                .isEqualTo(Map.of(
                        "data", Path.of("/srv/corpora"),
                        "models", HomeFolder.current().resolve("models"),
                        "other", Path.of("/o")));
    }

    @Test
    void roots_onlyOneDefines_areThose() throws IOException {
        assertThat(roots()).isEmpty();
        ofWorkspace("roots: {data: /srv/corpora}\n");
        assertThat(roots()).isEqualTo(Map.of("data", Path.of("/srv/corpora")));
        ofUser("roots:\n  models: /m\ntrust: {users: [anna]}\n");
        assertThat(roots()).containsOnlyKeys("data", "models");
        assertThat(user().users()).containsExactly("anna");
        ofWorkspace("roots: {}\n");
        assertThat(roots()).isEqualTo(Map.of("models", Path.of("/m")));
    }

    @Test
    void roots_wrong_areToldWithTheirLines() throws IOException {
        String wrong = """
                roots:
                  a.b: /x
                  data: corpora
                  job: /ws/jobs/t.learn/00112233445566778899aabbccddeeff/out
                  none:
                """;
        ofUser(wrong);
        assertThatThrownBy(this::user)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(
                        "settings.yaml:3: \"roots.data\" must be an absolute path, found the text \"corpora\"; "
                                + "write the whole path of the root's folder, as in /srv/corpora")
                .hasMessageContaining("settings.yaml:4")
                .hasMessageContaining("a root cannot be in the folder of a job")
                .hasMessageContaining("settings.yaml:5");
        ofUser("roots: {a.b: /x}\n");
        assertThatThrownBy(this::user)
                .hasMessageContaining("settings.yaml:1: \"a.b\" cannot be the name of a root; use letters, digits");
        ofUser("{}\n");
        ofWorkspace("evn: {}\n" + wrong);
        assertThatThrownBy(this::roots)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:1: unknown key \"evn\"")
                .hasMessageContaining("settings.yaml:4: \"roots.data\" must be an absolute path");
        ofWorkspace("roots: /srv/corpora\n");
        assertThatThrownBy(this::roots).hasMessageContaining("\"roots\" must be a map");
    }

    @Test
    void bind_pathsBelowRoots_areKnownByThem() throws IOException {
        Settings settings = bind("corpus: data:/trec/./x.tsv\nmore: [models:/, /srv/corpora/a]\n");

        assertThat(settings.corpus()).isEqualTo(RootedPath.parse("data:/trec/x.tsv"));
        assertThat(settings.more()).containsExactly(RootedPath.parse("models:/"), Path.of("/srv/corpora/a"));
        assertThat(settings.lexicon()).contains(RootedPath.parse("data:/lexicon"));
        assertThat(settings.corpus().resolve("y").toString()).isEqualTo("/srv/corpora/trec/x.tsv/y");
    }

    @Test
    void bind_fileWhoseNameBeginsSo_isWrittenWithADot() throws IOException {
        Settings settings = bind("corpus: ./data:/x\nmore: [a b:/x, data:x]\n");

        assertThat(settings.corpus()).isEqualTo(folder.resolve("data:/x"));
        assertThat(settings.more()).containsExactly(folder.resolve("a b:/x"), folder.resolve("data:x"));
    }

    @Test
    void bind_undefinedRoot_isToldWithNearNames() {
        assertThatThrownBy(() -> bind("corpus: dta:/x\nmore:\n- C:/x\n- data:/../x\n- data://x\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(
                        "debug.yaml:2: \"corpus\" must be a path below a root that is defined (data, models), "
                                + "found the text \"dta:/x\"; did you mean \"data\"?")
                .hasMessageContaining("roots: {dta: /its/folder}")
                .hasMessageContaining("debug.yaml:4")
                .hasMessageContaining("begins with \"./\"")
                .hasMessageContaining("debug.yaml:5")
                .hasMessageContaining("leads out of its root")
                .hasMessageContaining("debug.yaml:6")
                .hasMessageContaining("has the form of a URL");
        RootPlaces.define(Map.of());
        assertThatThrownBy(() -> bind("corpus: http://x/y\nmore: [data:/x]\nlexicon: /x\n"))
                .hasMessageContaining("(there are none)");
    }

    private Settings bind(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), "class: a.Plan\n" + text);
        return ExperimentFile.read(file, List.of()).bind(Settings.class);
    }

    private Map<String, Path> roots() {
        UserSettings user = user();
        return WorkspaceSettings.read(workspace, user).roots(user);
    }

    private UserSettings user() {
        return UserSettings.read(Map.of("EXPERIMAESTRO_CONFIG", folder.toString()), () -> folder);
    }

    private void ofUser(String text) throws IOException {
        Files.writeString(folder.resolve("settings.yaml"), text);
    }

    private void ofWorkspace(String text) throws IOException {
        Files.writeString(workspace.resolve("settings.yaml"), text);
    }
}

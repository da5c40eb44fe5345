package org.experimaestro.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCheckoutTest {
    @TempDir
    private Path place;

    private Workspace workspace;
    private RunFolder run;

    @BeforeEach
    void makeRun() throws IOException {
        workspace = Workspace.open(place.resolve("work"));
        run = workspace.experiment("grid").newRun(Instant.EPOCH);
    }

    private void describe(PlanOrigin plan) throws IOException {
        Map<String, Object> description = new HashMap<>();
        CodeRecorder recorder = new CodeRecorder(plan, workspace, List.of());
        recorder.begin(description::put, warning -> {});
        recorder.await();
        description.put("file", String.valueOf(plan.folder()) + "/grid.yaml");
        run.describe(new HashMap<>(description));
    }

    @Test
    void make_submodulesFiltersAndWorktree_haveTheFilesOfTheRun() throws Exception {
        GitRepository library = GitRepository.create(place.resolve("library"));
        library.write("Lib.java", "class Lib {}\n").commit();
        GitRepository repository = GitRepository.create(place.resolve("a:b\"c"));
        repository.write(".gitattributes", "*.crlf text eol=crlf\nhidden.txt export-ignore\n");
        repository
                .write("plans/text.crlf", "one\r\n")
                .write("hidden.txt", "x")
                .write("image.bin", "\0\1\2")
                .commit();
        repository
                .git("submodule", "add", "-q", library.folder().toString(), "libs/lib")
                .commit();
        repository.write("libs/lib/Lib.java", "class Lib { int y; }\n").write("plans/text.crlf", "two\r\n");
        repository.write("image.bin", "\0\1\3");
        describe(new PlanOrigin(
                repository.folder().resolve("plans"), new TreeMap<>(), null, DirtyGit.IGNORE, PlanOrigin.USUAL_LIMIT));
        repository.git("add", "-A").git("reset", "-q", "--hard");

        CodeCheckout.Result made = CodeCheckout.make(workspace, run, place.resolve("made"), Optional.empty());

        assertThat(made.missing()).isEmpty();
        assertThat(made.planFolder()).isEqualTo(place.resolve("made/plans"));
        assertThat(made.yamlFolder()).isEqualTo(place.resolve("made/plans"));
        assertThat(place.resolve("made/plans/text.crlf")).hasContent("two\r\n");
        assertThat(place.resolve("made/hidden.txt")).hasContent("x");
        assertThat(place.resolve("made/image.bin")).hasBinaryContent(new byte[] {0, 1, 3});
        assertThat(place.resolve("made/libs/lib/Lib.java")).hasContent("class Lib { int y; }\n");
    }

    @Test
    void make_commitThatIsNowhere_leavesNoFolder() throws Exception {
        GitRepository repository = GitRepository.create(place.resolve("repository"));
        repository.write("a.txt", "a").commit();
        run.describe(Map.of(
                RunCode.GIT,
                Map.of("commit", "1".repeat(40), "root", repository.folder().toString())));
        assertThatThrownBy(() -> CodeCheckout.make(workspace, run, place.resolve("made"), Optional.empty()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("commit " + "1".repeat(40) + ": it is not in " + repository.folder());
        assertThat(place.resolve("made")).doesNotExist();
    }

    @Test
    void make_sourcesThatLeadElsewhere_writeNothingThere() throws Exception {
        String digest = workspace.provenance().store("class Evil {}".getBytes(StandardCharsets.UTF_8));
        run.describe(Map.of(
                RunCode.SOURCES,
                Map.of("root", "/a", "path", "", "files", Map.of("../Evil.java", digest, "Good.java", digest))));
        CodeCheckout.Result made = CodeCheckout.make(workspace, run, place.resolve("made"), Optional.empty());
        assertThat(made.missing()).singleElement().asString().contains("../Evil.java");
        assertThat(place.resolve("Evil.java")).doesNotExist();
        assertThat(place.resolve("made/Good.java")).exists();

        GitRepository repository = GitRepository.create(place.resolve("repository"));
        Files.createSymbolicLink(repository.folder().resolve("link"), Files.createDirectory(place.resolve("outside")));
        repository.commit();
        describe(new PlanOrigin(repository.folder(), new TreeMap<>(), null, DirtyGit.IGNORE, 0));
        Map<String, Object> hostile = new HashMap<>();
        hostile.put(RunCode.GIT, run.description().orElseThrow().raw(RunCode.GIT));
        hostile.put(RunCode.SOURCES, Map.of("root", "/a", "path", "", "files", Map.of("link/Evil.java", digest)));
        run.describe(new HashMap<>(hostile));
        assertThatThrownBy(() -> CodeCheckout.make(workspace, run, place.resolve("other"), Optional.empty()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("leads out of the folder by a link");
        assertThat(place.resolve("outside")).isEmptyDirectory();
    }
}

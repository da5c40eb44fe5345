package org.experimaestro.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.experimaestro.PlanException;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeRecorderTest {
    @TempDir
    private Path place;

    private Workspace workspace;
    private GitRepository repository;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void makeRepository() throws Exception {
        workspace = Workspace.open(place.resolve("work"));
        repository = GitRepository.create(place.resolve("repository"));
        repository
                .write("plans/Plan.java", "class Plan {}\n")
                .write("image.bin", "\0\1\2")
                .write(".gitignore", "*.out\n");
    }

    private Map<String, Object> record(PlanOrigin plan) throws Exception {
        Map<String, Object> description = new ConcurrentHashMap<>();
        CodeRecorder recorder = new CodeRecorder(plan, workspace, List.of());
        recorder.begin(description::put, warnings::add);
        recorder.await();
        return description;
    }

    private PlanOrigin plan(DirtyGit dirtyGit, long limit) {
        return new PlanOrigin(repository.folder().resolve("plans"), new TreeMap<>(), null, dirtyGit, limit);
    }

    private Map<?, ?> git(long limit) throws Exception {
        return (Map<?, ?>) record(plan(DirtyGit.IGNORE, limit)).get(RunCode.GIT);
    }

    private Path stored(Object digest) throws Exception {
        Path file = Files.createTempDirectory(place, "stored").resolve("content");
        workspace.provenance().copy((String) digest, file);
        return file;
    }

    @Test
    void begin_repositoryWithoutACommit_hasNoCommitAndNoWarning() throws Exception {
        assertThat(record(plan(DirtyGit.WARN, 1000))).isEmpty();
        repository = GitRepository.create(place.resolve("other"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void begin_cleanRepository_hasTheCommitAndNoPatch() throws Exception {
        repository.commit();
        Map<?, ?> git = git(PlanOrigin.USUAL_LIMIT);
        assertThat((String) git.get("commit")).matches("[0-9a-f]{40,64}");
        assertThat(git.get("dirty")).isEqualTo(false);
        assertThat(git.get("path")).isEqualTo("plans/");
        assertThat(git.get("root")).isEqualTo(repository.folder().toRealPath().toString());
        assertThat(git.containsKey("patch")).isFalse();
        assertThat(warnings).isEmpty();
    }

    @Test
    void begin_changes_areStoredOnceAndGiveTheSameFilesAgain() throws Exception {
        repository.write("gone.txt", "deleted later\n").commit();
        repository.git("config", "diff.external", "false").git("config", "diff.mnemonicPrefix", "true");
        repository.write("plans/Plan.java", "class Plan { int x; }\n").git("add", "plans/Plan.java");
        repository
                .write("image.bin", "\0\1\3")
                .write("new/Ünknown file.txt", "not known\n")
                .write("x.out", "ignored");
        Files.delete(repository.folder().resolve("gone.txt"));
        String status = repository.status();

        Map<?, ?> git = git(PlanOrigin.USUAL_LIMIT);

        assertThat(repository.status()).isEqualTo(status);
        assertThat(git.get("dirty")).isEqualTo(true);
        assertThat(git.get("changed")).isEqualTo(3);
        assertThat(git.get("untracked")).isEqualTo(1);
        assertThat(git(PlanOrigin.USUAL_LIMIT).get("patch")).isEqualTo(git.get("patch"));
        try (Stream<Path> files = Files.list(place.resolve("work/provenance"))) {
            assertThat(files).hasSize(1);
        }
        Path patch = stored(git.get("patch"));
        repository.git("add", "-A").git("reset", "-q", "--hard");
        repository.git("apply", "--whitespace=nowarn", patch.toString());
        assertThat(repository.folder().resolve("plans/Plan.java")).hasContent("class Plan { int x; }\n");
        assertThat(repository.folder().resolve("image.bin")).hasBinaryContent(new byte[] {0, 1, 3});
        assertThat(repository.folder().resolve("new/Ünknown file.txt")).hasContent("not known\n");
        assertThat(repository.folder().resolve("gone.txt")).doesNotExist();
        assertThat(warnings).isEmpty();
    }

    @Test
    void begin_changesBeyondTheLimit_areNamedInAWarning() throws Exception {
        repository.commit();
        repository.write("big.txt", "x".repeat(3000)).write("small.txt", "y");
        Map<?, ?> git = git(4000);
        assertThat(git.get("leftOut")).isEqualTo(List.of("big.txt"));
        assertThat(stored(git.get("patch"))).content().contains("small.txt").doesNotContain("big.txt");
        assertThat(warnings).singleElement().asString().contains("not all stored", "left out", "big.txt");

        repository.write("plans/Plan.java", "z".repeat(9000));
        assertThat(git(4000).containsKey("patch")).isFalse();
        assertThat(warnings.getLast()).contains("more than 4000 bytes; a larger patch_limit stores them");
        assertThat(git(0).get("patchProblem")).isEqualTo("patch_limit is 0");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void begin_workspaceInTheRepository_isNoPartOfTheCode() throws Exception {
        repository.commit();
        workspace = Workspace.open(repository.folder().resolve("runs"));
        repository.write("runs/jobs/a.b/1/out.txt", "a result").write("runs/notes.txt", "of a person");
        Map<?, ?> git = git(PlanOrigin.USUAL_LIMIT);
        assertThat(git.get("untracked")).isEqualTo(1);
        assertThat(stored(git.get("patch"))).content().contains("notes.txt").doesNotContain("a result");
    }

    @Test
    void begin_worktreeAndSubmodule_haveTheirCommitsAndPatches() throws Exception {
        GitRepository library = GitRepository.create(place.resolve("library"));
        library.write("Lib.java", "class Lib {}\n").commit();
        repository
                .commit()
                .git("submodule", "add", "-q", library.folder().toString(), "libs/lib")
                .commit();
        repository.git("worktree", "add", "-q", place.resolve("tree").toString());
        repository.write("libs/lib/Lib.java", "class Lib { int y; }\n");

        Map<?, ?> git = git(PlanOrigin.USUAL_LIMIT);
        assertThat(git.get("dirty")).isEqualTo(true);
        assertThat(git.containsKey("patch")).isFalse();
        Map<?, ?> submodule = (Map<?, ?>) ((List<?>) git.get("submodules")).getFirst();
        assertThat(submodule.get("path")).isEqualTo("libs/lib");
        assertThat(stored(submodule.get("patch"))).content().contains("+class Lib { int y; }");

        Map<?, ?> tree = (Map<?, ?>) record(new PlanOrigin(
                        place.resolve("tree"), new TreeMap<>(), null, DirtyGit.IGNORE, PlanOrigin.USUAL_LIMIT))
                .get(RunCode.GIT);
        assertThat(tree.get("commit")).isEqualTo(git.get("commit"));
        assertThat(tree.get("dirty")).isEqualTo(false);
    }

    @Test
    void begin_folderOfNoRepository_hasTheSources() throws Exception {
        SortedMap<Path, String> sources = new TreeMap<>(Map.of(
                place.resolve("plans/Plan.java"), "class Plan {}", place.resolve("common/Task.java"), "class Task {}"));
        Map<String, Object> json = record(new PlanOrigin(place, sources, "k1: 1.10\n", DirtyGit.IGNORE, 0));
        assertThat(json.containsKey(RunCode.GIT)).isFalse();
        Map<?, ?> stored = (Map<?, ?>) json.get(RunCode.SOURCES);
        assertThat(stored(json.get(RunCode.SETTINGS))).hasContent("k1: 1.10");
        assertThat(stored.get("root")).isEqualTo(place.toString());
        assertThat(stored((((Map<?, ?>) stored.get("files")).get("plans/Plan.java"))))
                .hasContent("class Plan {}");
        assertThat(((Map<?, ?>) stored.get("files")).keySet()).hasToString("[common/Task.java, plans/Plan.java]");
    }

    @Test
    void begin_fullDisk_isAWarning() throws Exception {
        repository.commit().write("plans/Plan.java", "changed");
        Files.writeString(place.resolve("work/provenance"), "a file in the place of the folder");
        Map<?, ?> git = git(PlanOrigin.USUAL_LIMIT);
        assertThat(git.containsKey("commit")).isTrue();
        assertThat(warnings).singleElement().asString().contains("not all stored with this run");
    }

    @Test
    void requireCommitted_changes_namesThemOnlyIfTheyAreErrors() throws Exception {
        repository.commit();
        DirtyCheck.requireCommitted(plan(DirtyGit.ERROR, 0));
        repository.write("plans/Plan.java", "changed");
        DirtyCheck.requireCommitted(plan(DirtyGit.WARN, 0));
        assertThatThrownBy(() -> DirtyCheck.requireCommitted(plan(DirtyGit.ERROR, 0)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("1 file differs from the commit")
                .hasMessageContaining("plans/Plan.java");
        assertThatThrownBy(() ->
                        DirtyCheck.requireCommitted(new PlanOrigin(place, new TreeMap<>(), null, DirtyGit.ERROR, 0)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("its commit cannot be told");
        record(plan(DirtyGit.WARN, 0));
        assertThat(warnings).singleElement().asString().contains("1 file differs from the commit");
    }
}

package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.base.file.Folders;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the plan cache by other runs, and of sources by users, between two calls. */
class OtherProcessesTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void store_leftoverIsTakenAwayByAnother_isStored() throws IOException {
        Path leftover = Files.createDirectories(folder.resolve("plans/new-1"));
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(1));

        for (Operation operation : List.of(Operation.LOOK, Operation.LIST)) {
            Files.createDirectories(leftover.resolve("below"));
            Files.setLastModifiedTime(leftover, FileTime.fromMillis(1));
            Disturbance other = Disturbance.onceAfter(operation, leftover::equals, Folders::delete);

            assertThat(store(cache(other)).planClass()).isEqualTo("made.Plan");
        }
    }

    @Test
    void store_unusableEntryIsTakenAwayByAnother_isStored() throws IOException {
        Path entry = unusable();
        Disturbance other = Disturbance.onceAfter(Operation.MOVE, entry::equals, Folders::delete);

        assertThat(store(cache(other)).planClass()).isEqualTo("made.Plan");
    }

    @Test
    void store_anotherTakesTheUnusableEntryAwayAndMakesItsOwn_usesThat() throws IOException {
        Path entry = unusable();
        Disturbance other = Disturbance.onceAfter(Operation.MOVE, entry::equals, path -> {
            Folders.delete(path);
            new CachedPlan("another.Plan", List.of(), List.of(), null).write(Files.createDirectories(path));
        });

        assertThat(store(cache(other)).planClass()).isEqualTo("another.Plan");
    }

    @Test
    void store_replyOfRenameIsLost_isStored() throws IOException {
        Path entry = folder.resolve("plans").resolve(KEY);
        Disturbance lost = Disturbance.onceAfter(Operation.MOVE, entry::equals, path -> {
            throw new NoSuchFileException("new-1");
        });

        assertThat(store(cache(lost)).planClass()).isEqualTo("made.Plan");
    }

    @Test
    void find_entryIsTakenAwayWhileItIsRead_isNotThere() throws IOException {
        for (String name : List.of(CachedPlan.FILE_NAME, "a.jar")) {
            Path entry = Files.createDirectories(folder.resolve("plans").resolve(KEY));
            Path jar = Files.writeString(entry.resolve("a.jar"), "jar");
            new CachedPlan("a.Plan", List.of(jar), List.of(), null).write(entry);
            Disturbance other =
                    Disturbance.onceBefore(Operation.OPEN, path -> path.endsWith(name), path -> Folders.delete(entry));

            assertThat(cache(other).find(KEY)).as(name).isEmpty();
        }
    }

    @Test
    void delete_folderIsDeletedByAnotherMeanwhile_isGone() throws IOException {
        for (Operation operation : Operation.values()) {
            Path tree = Files.createDirectories(folder.resolve("tree"));
            Path below = Files.createDirectories(tree.resolve("a/b"));
            Files.writeString(below.resolve("c"), "text");
            Disturbance other = Disturbance.onceBefore(
                    operation, path -> path.startsWith(tree.resolve("a")), path -> Folders.delete(tree));

            Folders.delete(disturb(tree, other));

            assertThat(tree).as(operation.name()).doesNotExist();
        }
    }

    @Test
    void inputs_sourceIsDeletedAfterItsFolderWasRead_isLeftOut() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("A.java"), "class A {}");
        for (Operation operation : List.of(Operation.LOOK, Operation.OPEN)) {
            Path deleted = Files.writeString(project.resolve("B.java"), "class B {}");
            Disturbance user = Disturbance.onceBefore(operation, deleted::equals, Files::delete);

            MavenInputs inputs = MavenInputs.read(project(disturb(project, user)), folder.resolve("inputs"));

            assertThat(inputs.files()).as(operation.name()).containsOnlyKeys("A.java");
        }
    }

    @Test
    void inputsInPlace_fileIsDeletedMeanwhile_isLeftOut() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.txt"), "text");
        for (Operation operation : List.of(Operation.LOOK, Operation.OPEN)) {
            Path deleted = Files.writeString(folder.resolve("deleted.txt"), "text");
            Path base = disturb(folder, Disturbance.onceBefore(operation, deleted::equals, Files::delete));
            Set<Path> inPlace = Set.of(base.resolve("kept.txt"), base.resolve("deleted.txt"));
            var project = new MavenProject(base, base, base, List.of(), Set.of(), Set.of(), inPlace);

            MavenInputs inputs = MavenInputs.readInPlace(project, folder.resolve("in-place"));

            assertThat(inputs.files())
                    .as(operation.name())
                    .containsOnlyKeys(kept.toString().substring(1));
        }
    }

    @Test
    void copy_sourceIsDeletedAfterItWasRead_isNotThere() throws IOException {
        Path base = Files.createDirectory(folder.resolve("project"));
        Files.writeString(base.resolve("A.java"), "class A {}");
        var files = new TreeMap<String, MavenInputs.Input>();
        files.put("A.java", new MavenInputs.Input(10, 0, "a"));
        files.put("B.java", new MavenInputs.Input(10, 0, "b"));
        var copy = new MavenCopy(folder.resolve("work"));

        MavenInputs copied = copy.synchronize(project(base), new MavenInputs(files), "stamp");

        assertThat(copied.files()).containsOnlyKeys("A.java");
        assertThat(copy.folder().toFile().list()).containsExactly("A.java");
    }

    private static MavenProject project(Path base) {
        return new MavenProject(base, base, base, List.of(base), Set.of(), Set.of(), Set.of());
    }

    private Path unusable() throws IOException {
        Path entry = Files.createDirectories(folder.resolve("plans").resolve(KEY));
        Files.writeString(entry.resolve("half"), "text");
        return entry;
    }

    private CompiledPlanCache cache(Disturbance disturbance) {
        return new CompiledPlanCache(disturb(folder, disturbance), InstantSource.system());
    }

    private static CachedPlan store(CompiledPlanCache cache) throws IOException {
        return cache.store(KEY, entry -> new CachedPlan("made.Plan", List.of(), List.of(), null));
    }
}

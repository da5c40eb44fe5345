package org.experimaestro.workspace.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are computed once. */
class ComputedFolderTest {
    private static final ConfigId CORPUS = ConfigId.parse("00112233445566778899aabbccddeeff");

    @TempDir
    private Path root;

    @Test
    void fill_halfMadeFolders_areDeletedIfTheyAreOfThisName() throws Exception {
        Path parent =
                Files.createDirectories(root.resolve(folder("tokens").path()).getParent());
        Path left = Files.createDirectory(parent.resolve("making-tokens.11111111-2222-3333-4444-555555555555"));
        Path others = Files.createDirectory(parent.resolve("making-tokens.lower.11111111-2222-3333-4444-555555555555"));

        Path made = folder("tokens").fill(root, making -> Files.writeString(making.resolve("a"), "1"));

        assertThat(made.resolve("a")).hasContent("1");
        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void fill_fillerThatFails_leavesNothing_andTheNextOneFills() throws Exception {
        assertThatThrownBy(() -> folder("tokens").fill(root, making -> {
                    throw new IOException("no corpus");
                }))
                .hasMessage("no corpus");
        assertThat(root.resolve(folder("tokens").path()).getParent()).isEmptyDirectory();

        Path made = folder("tokens").fill(root, making -> {});
        assertThat(made).isDirectory();
        assertThat(folder("tokens").fill(root, making -> {
                    throw new AssertionError("filled twice");
                }))
                .isEqualTo(made);
    }

    @Test
    void fill_fillerThatAsksForItsOwnFolder_isRefused() throws Exception {
        JobFolder job = Workspace.open(root).job("test.learn", CORPUS);
        assertThatThrownBy(() -> folder("tokens")
                        .fill(job, making -> folder("tokens").fill(job, in -> {}, told -> {}), told -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its own filler has asked for it");
        assertThatThrownBy(() ->
                        folder("tokens").fill(root, making -> folder("tokens").fill(root, in -> {})))
                .isInstanceOf(IllegalStateException.class);
        assertThat(folder("tokens").fill(job, making -> folder("words").fill(job, in -> {}, told -> {}), told -> {}))
                .isDirectory();
    }

    @Test
    void fill_processThatWasTakenForDead_doesNotNameWhatItHasFilled() throws Exception {
        Workspace workspace = Workspace.open(root);
        JobFolder job = workspace.job("test.learn", CORPUS);
        List<String> told = new ArrayList<>();
        AtomicInteger filled = new AtomicInteger();
        ShownDesk other = new ShownDesk(workspace, missed -> {});

        Path made = folder("tokens")
                .fill(
                        job,
                        making -> {
                            if (filled.incrementAndGet() == 1) {
                                forget(root);
                                assertThat(other.ask(
                                                        "test.other/" + CORPUS,
                                                        folder("tokens").path())
                                                .isHeld())
                                        .isTrue();
                            }
                            Files.writeString(making.resolve("a"), Integer.toString(filled.get()));
                        },
                        text -> {
                            told.add(text);
                            if (text.startsWith("Waits")) {
                                end(other);
                            }
                        });

        assertThat(made.resolve("a")).hasContent("2");
        assertThat(made.getParent()).isDirectoryNotContaining("glob:**making-*");
        assertThat(told).hasSize(2).first().asString().contains("was filled in vain");
    }

    /** Makes the processes that hold tokens look as if they had ended. */
    static void forget(Path root) throws IOException {
        for (String name : Workspace.listNames(WorkspaceLayout.tokens(root))) {
            if (name.startsWith("owner-")) {
                Files.delete(WorkspaceLayout.tokens(root).resolve(name));
            }
        }
    }

    private static void end(ShownDesk desk) {
        try {
            desk.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void create_namesThatAreNoFolder_areRefused() {
        for (String name : new String[] {"", ".", "..", "a/b", "making-x", ".tmp-x"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> folder(name))
                    .withMessageContaining("give another name");
        }
    }

    private static ComputedFolder folder(String name) {
        return new ComputedFolder("test.corpus", CORPUS, name);
    }
}

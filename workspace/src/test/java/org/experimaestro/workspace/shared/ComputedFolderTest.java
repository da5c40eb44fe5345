package org.experimaestro.workspace.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigId;
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
    void create_namesThatAreNoFolder_areRefused() {
        for (String name : new String[] {"", ".", "..", "a/b", "making-x"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> folder(name))
                    .withMessageContaining("give another name");
        }
    }

    private static ComputedFolder folder(String name) {
        return new ComputedFolder("test.corpus", CORPUS, name);
    }
}

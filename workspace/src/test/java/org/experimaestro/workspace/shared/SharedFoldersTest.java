package org.experimaestro.workspace.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.serial.Format;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deletion of shared and computed folders that no job needs. */
class SharedFoldersTest {
    private static final ConfigId ID = ConfigId.parse("00112233445566778899aabbccddeeff");
    private static final String STATES = "shared/test.learn/states/" + ID;
    private static final String TOKENS = "computed/test.corpus/" + ID + "/tokens";

    @TempDir
    private Path temporary;

    private Workspace workspace;
    private SharedFolders folders;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(temporary.toRealPath());
        folders = new SharedFolders(workspace);
        for (String path : List.of(STATES, TOKENS)) {
            Files.createDirectories(workspace.root().resolve(path));
            Files.writeString(workspace.root().resolve(path).resolve("a"), "1");
        }
    }

    @Test
    void delete_foldersInUseOrNeededAgain_stay() throws IOException {
        List<String> unused = folders.unused(List.of());
        assertThat(unused).containsExactly(STATES, TOKENS);
        try (ShownDesk desk = new ShownDesk(workspace, missed -> {})) {
            desk.ask("test.learn/" + ID, STATES);
            write(Map.of("0", Map.of(Format.TYPE, "test.corpus", Format.ID, ID.toString())));
            assertThat(folders.delete(unused).deleted()).isEmpty();
        }

        SharedFolders.Deletion deletion = folders.delete(unused);
        assertThat(deletion.deleted()).containsExactly(STATES);
        assertThat(deletion.failures()).isEmpty();
        assertThat(folders.list()).containsExactly(TOKENS);
    }

    @Test
    void list_interruptedDeletion_doesNotCountAndIsSwept() throws IOException {
        Path left = workspace.root().resolve(TOKENS).resolveSibling(".tmp-1");
        Files.createDirectories(left.resolve("b"));

        assertThat(folders.list()).containsExactly(STATES, TOKENS);
        folders.sweep();
        assertThat(left).doesNotExist();
    }

    @Test
    void unused_jobsThatCannotBeListedOrRead_isAnError() throws IOException {
        JobFolder job = write(Map.of());
        Files.delete(job.parametersFile());
        assertThat(folders.unused(List.of())).hasSize(2); // its parameters are not written yet
        toItself(job.parametersFile());
        assertIsAnError(job.name());
        Files.delete(job.parametersFile());

        Path type = WorkspaceLayout.jobs(workspace.root()).resolve("test.other");
        toItself(type);
        assertIsAnError("test.other");
        Files.delete(type);

        Path entry = workspace.root().resolve("trash/20260131-120000-0123abcd");
        Files.createDirectories(entry);
        assertThat(folders.unused(List.of())).hasSize(2);
    }

    @Test
    void holds_tokenThatAnotherProcessHasTaken_isFalse() throws IOException {
        try (ShownDesk desk = new ShownDesk(workspace, missed -> {});
                ShownDesk other = new ShownDesk(workspace, missed -> {})) {
            TokenShare share = desk.ask("test.learn/" + ID, STATES);
            assertThat(desk.holds(share)).isTrue();
            ComputedFolderTest.forget(workspace.root());
            assertThat(other.ask("test.learn/" + ID, STATES).isHeld()).isTrue();
            assertThat(desk.holds(share)).isFalse();
        }
    }

    private void assertIsAnError(String name) {
        assertThatThrownBy(() -> folders.unused(List.of()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot find out which shared and computed folders are needed")
                .hasMessageContaining(name);
    }

    /** A link that cannot be followed, as a folder without permission cannot be looked into. */
    private static void toItself(Path link) throws IOException {
        Files.createSymbolicLink(link, link.getFileName());
    }

    private JobFolder write(Map<String, Object> configurations) throws IOException {
        JobFolder job = workspace.job("test.learn", ID);
        job.write(Json.write(new TreeMap<>(Map.of(Format.CONFIGURATIONS, configurations))), "");
        return job;
    }
}

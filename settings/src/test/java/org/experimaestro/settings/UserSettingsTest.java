package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose files are believed: the user's own settings, and the settings of a workspace. */
class UserSettingsTest {
    @TempDir
    private Path folder;

    private Path workspace;
    private Path file;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        file = Files.writeString(workspace.resolve("settings.yaml"), "env: {LD_PRELOAD: evil.so}\n");
        permit(workspace, "rwxr-xr-x");
        permit(file, "rw-r--r--");
    }

    @Test
    void read_noFile_namesNobody() {
        UserSettings settings = user();

        assertThat(settings.users()).isEmpty();
        assertThat(settings.groups()).isEmpty();
    }

    @Test
    void read_names_areThoseOfTheFile() throws IOException {
        write("trust:\n  users: [anna, bob]\n  groups: [lab]\n");

        assertThat(user().users()).containsExactly("anna", "bob");
        assertThat(user().groups()).containsExactly("lab");
    }

    @Test
    void read_wrongFile_tellsAllProblems() throws IOException {
        write("trust:\n  user: [anna]\n  groups: lab\nenv: {A: 1}\n");

        assertThatThrownBy(this::user)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:2")
                .hasMessageContaining("did you mean \"users\"?")
                .hasMessageContaining("settings.yaml:3")
                .hasMessageContaining("settings.yaml:4");
    }

    @Test
    void read_fileThatOthersMayChange_isRefused() throws IOException {
        permit(write("trust: {users: [mallory]}\n"), "rw-r--rw-");

        assertThatThrownBy(this::user)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(
                        "can be changed by all users of this machine, who would then decide whom you believe");
    }

    @Test
    void workspace_ownSettings_areApplied() {
        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
        assertThat(WorkspaceSettings.read(workspace, user()).variablePlaces()).containsEntry("LD_PRELOAD", file + ":1");
    }

    @Test
    void workspace_settingsThatAllMayWrite_areRefusedWhateverTheUserNames() throws IOException {
        permit(file, "rw-rw-rw-");

        assertRefused("all users of this machine, and set variables of your jobs", "run chmod go-w " + file);
    }

    @Test
    void workspace_settingsInAFolderWhereAllMayExchangeThem_areRefused() throws IOException {
        permit(workspace, "rwxrwxrwx");

        assertRefused("all users of this machine", "run chmod go-w");
    }

    @Test
    void workspace_settingsOfAnotherUser_areRefusedUntilTheUserNamesThem() throws IOException {
        other().own(file);
        String name = Files.getOwner(file).getName();
        assertRefused("the user " + name, "write \"trust: {users: [" + name + "]}\" in ");

        write("trust: {users: [" + name + "]}\n");

        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
    }

    @Test
    void workspace_settingsOfAGroup_areRefusedUntilTheUserNamesIt() throws IOException {
        other();
        Files.setAttribute(file, "unix:gid", OtherUser.NUMBER);
        permit(file, "rw-rw-r--");
        String name =
                Files.readAttributes(file, PosixFileAttributes.class).group().getName();
        assertRefused("the group " + name, "write \"trust: {groups: [" + name + "]}\" in ");

        write("trust: {groups: [" + name + "]}\n");

        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
    }

    @Test
    void workspace_linkOfAnotherUserToAFileOfThisUser_isRefused() throws IOException {
        Path mine = Files.move(file, folder.resolve("mine.yaml"));
        other().own(Files.createSymbolicLink(file, mine));

        assertRefused("the user ", "trust: {users: ");
    }

    @Test
    void workspace_pipeOfAnotherUser_isRefusedAtOnce() throws IOException, InterruptedException {
        OtherUser other = other();
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        other.own(file);

        assertRefused("the user ", "trust: {users: ");
    }

    private void assertRefused(String who, String advice) {
        assertThatThrownBy(() -> WorkspaceSettings.read(workspace, user()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("can be changed by " + who)
                .hasMessageContaining(advice);
    }

    private UserSettings user() {
        return UserSettings.read(Map.of("EXPERIMAESTRO_CONFIG", folder.toString()), () -> folder);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), text);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static OtherUser other() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }
}

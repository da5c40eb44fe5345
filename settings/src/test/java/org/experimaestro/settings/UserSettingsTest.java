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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trust in files: the user's own settings, and the settings of a workspace. */
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
    void read_linkThatLeadsNowhere_isNamedAndNotTakenForNoSettings() throws IOException {
        Path link = write("trust: {users: [anna]}\n");
        Files.move(link, folder.resolve("elsewhere.yaml"));
        Files.createSymbolicLink(link, folder.resolve("nothing.yaml"));

        assertThatThrownBy(this::user)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot see who may change " + link)
                .hasMessageContaining("nothing.yaml");
    }

    @Test
    void read_names_areThoseOfTheFile() throws IOException {
        write("trust:\n  users: [anna, bob]\n  groups: [lab]\n");

        assertThat(user().users()).containsExactly("anna", "bob");
        assertThat(user().groups()).containsExactly("lab");
    }

    @Test
    void filters_ofUserAndWorkspace_areJoined() throws IOException {
        write("filters: {bad: state=new, mine: \"a=1, 2\"}\n");
        Files.writeString(file, "filters: {bad: state=failed}\nenv: {A: 1}\n");

        assertThat(user().filters().texts()).containsOnly(Map.entry("bad", "state=new"), Map.entry("mine", "a=1, 2"));
        WorkspaceSettings settings = WorkspaceSettings.read(workspace, user());
        assertThat(settings.filters(user()).texts())
                .containsOnly(Map.entry("bad", "state=failed"), Map.entry("mine", "a=1, 2"));
        assertThat(settings.environment()).containsKey("A");
    }

    @Test
    void filters_valuesThatAreNoTexts_areProblems_andTheRestIsRead() throws IOException {
        write("filters:\n  bad: [a=1]\n  mine: a=1\n  none:\ntrust: {users: [anna]}\n");
        Files.writeString(file, "filters: 3\nenv: {A: 1}\n");

        assertThat(user().users()).containsExactly("anna");
        assertThat(user().filters().texts()).containsOnly(Map.entry("mine", "a=1"));
        assertThat(user().filters().problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("settings.yaml:2:", "\"filters.bad\""),
                        problem -> assertThat(problem).contains("settings.yaml:4:", "\"filters.none\""));
        WorkspaceSettings settings = WorkspaceSettings.read(workspace, user());
        assertThat(settings.environment()).containsKey("A");
        assertThat(settings.filters(user()).problems())
                .hasSize(3)
                .last()
                .asString()
                .contains(file + ":1:", "\"filters\"");
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
                .hasMessageContaining("others could decide whom you believe, because the file")
                .hasMessageContaining("can be changed by all users of this machine; run chmod o-w ");
    }

    @Test
    void workspace_ownSettings_areApplied() {
        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
        assertThat(WorkspaceSettings.read(workspace, user()).variablePlaces()).containsEntry("LD_PRELOAD", file + ":1");
    }

    @Test
    void workspace_settingsThatAllMayWrite_areRefusedWhateverTheUserNames() throws IOException {
        permit(file, "rw-rw-rw-");

        assertRefused(file, "all users of this machine", "; to keep them out, run chmod o-w " + file);
    }

    @Test
    void workspace_settingsInAFolderWhereAllMayExchangeThem_areRefused() throws IOException {
        permit(workspace, "rwxrwxrwx");

        assertRefused(
                "the folder " + workspace,
                "all users of this machine",
                "; to keep them out, run chmod o-w " + workspace);
    }

    @Test
    void workspace_settingsOfAnotherUser_areRefusedUntilTheUserNamesThem() throws IOException {
        other().own(file);
        String name = Files.getOwner(file).getName();
        assertRefused(file, "the user " + name, "write \"trust: {users: [" + name + "]}\" in ");

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
        assertRefused(file, "the group " + name, "write \"trust: {groups: [" + name + "]}\" in ");

        write("trust: {groups: [" + name + "]}\n");

        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
    }

    @Test
    void workspace_linkOfAnotherUserToAFileOfThisUser_isRefused() throws IOException {
        Path mine = Files.move(file, folder.resolve("mine.yaml"));
        other().own(Files.createSymbolicLink(file, mine));

        assertRefused("the link " + file, "the user ", "put a file of your own in the place of " + file);
    }

    @Test
    void workspace_linkToAFileInAFolderOfAll_isRefusedForThatFolder() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.createSymbolicLink(file.resolveSibling("second"), Files.move(file, open.resolve("target.yaml")));
        Files.createSymbolicLink(file, Path.of("second"));
        permit(open, "rwxrwxrwx");

        assertRefused("the folder " + open, "all users of this machine", "; to keep them out, run chmod o-w " + open);
    }

    @Test
    void workspace_linkThatLeadsThroughALinkOfAnotherUser_isRefusedForThatLink() throws IOException {
        Path mine = Files.move(file, folder.resolve("mine.yaml"));
        Path between = Files.createSymbolicLink(folder.resolve("between"), mine);
        Files.createSymbolicLink(file, between);
        other().own(between);

        assertRefused("the link " + between, "the user ", "put a file of your own in the place of " + between);
    }

    @Test
    void workspace_ownedByAMemberOfAGroupThatTheUserNames_isApplied() throws IOException {
        other().own(workspace);
        Files.setAttribute(workspace, "unix:gid", OtherUser.NUMBER);
        permit(workspace, "rwxrwxr-x");
        String group = Files.getAttribute(workspace, "posix:group").toString();
        assertRefused("the folder " + workspace, "", "write \"trust: {groups: [" + group + "]}\" in ");

        write("trust: {groups: [" + group + "]}\n");

        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
    }

    @Test
    void workspace_ownedByNoMemberOfTheGroupThatTheUserNames_isRefused() throws IOException {
        other().own(workspace);
        write("trust: {groups: [root]}\n");

        assertRefused("the folder " + workspace, "the user ", "trust: {users: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users: [65534]", "users: ['65534']", "groups: [65534]"})
    void workspace_numbersOfTheOwnerOrTheGroup_standForTheirNames(String trust) throws IOException {
        other().own(file);
        write("trust: {" + trust + "}\n");

        assertThat(WorkspaceSettings.read(workspace, user()).environment()).containsKey("LD_PRELOAD");
    }

    @Test
    void workspace_openToAllAndToATrustedGroup_losesTheRightOfAllAlone() throws IOException {
        other();
        Files.setAttribute(file, "unix:gid", OtherUser.NUMBER);
        permit(file, "rw-rw-rw-");
        write("trust: {groups: [65534]}\n");

        assertRefused(file, "all users of this machine", "; to keep them out, run chmod o-w " + file);
    }

    @Test
    void workspace_pipeOfAnotherUser_isRefusedAtOnce() throws IOException, InterruptedException {
        OtherUser other = other();
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        other.own(file);

        assertRefused(file, "the user ", "trust: {users: ");
    }

    private void assertRefused(Path place, String who, String advice) {
        assertRefused("the file " + place, who, advice);
    }

    private void assertRefused(String place, String who, String advice) {
        assertThatThrownBy(() -> WorkspaceSettings.read(workspace, user()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("because " + place + " can be changed by " + who)
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

package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.settings.GitSettings;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.NamedWorkspaces;
import org.experimaestro.settings.NotificationSettings;
import org.experimaestro.settings.UserSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersNoticeTest {
    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        permit(workspace, "rwxr-xr-x");
    }

    @Test
    void take_workspaceOfThisUserAlone_isNothing() {
        assertThat(take()).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void take_workspaceThatAllMayWrite_isToldOnceAndAgainOnceItHasChanged() throws IOException {
        permit(workspace, "rwxrwxrwx");
        assertThat(take())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "can run code with your rights",
                                "all users of this machine",
                                "run chmod o-w " + workspace));
        assertThat(take()).isEmpty();

        permit(workspace, "rwxr-xr-x");
        assertThat(take()).isEmpty();
        permit(workspace, "rwxrwxrwx");

        assertThat(take()).isPresent();
    }

    @Test
    void take_folderOfJobsThatAllMayWrite_isTold() throws IOException {
        permit(Files.createDirectory(workspace.resolve("jobs")), "rwxr-xrwx");

        assertThat(take()).isPresent();
    }

    @Test
    void take_anotherWorkspace_isToldOfItsOwn() throws IOException {
        permit(workspace, "rwxrwxrwx");
        take();
        workspace = Files.createDirectory(folder.resolve("other"));
        permit(workspace, "rwxrwxrwx");

        assertThat(take()).isPresent();
    }

    @Test
    void take_groupOfOthers_isToldUnlessTheSettingsNameIt() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        Files.setAttribute(workspace, "unix:gid", OtherUser.NUMBER);
        permit(workspace, "rwxrwxr-x");
        String group = Files.getAttribute(workspace, "posix:group").toString();

        assertThat(take(group)).isEmpty();
        assertThat(take())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "the group " + group, "write \"trust: {groups: [" + group + "]}\" in ~/settings.yaml"));
        assertThat(take()).isEmpty();
    }

    @Test
    void take_libraryThatAllMayWrite_isToldOnceWithTheRepository() throws IOException {
        Path repository = folder.resolve("repository");
        Path jar = repository.resolve("lab/base/1/base-1.jar");
        Path other = Files.writeString(folder.resolve("other.jar"), "");
        permit(other, "rw-rw-rw-");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
        permit(jar.getParent(), "rwxr-xr-x");
        permit(jar, "rw-r--r--");
        assertThat(notice().take(repository, List.of(jar, other))).isEmpty();

        permit(jar.getParent(), "rwxrwxrwx");
        assertThat(notice().take(repository, List.of(other))).isEmpty();
        assertThat(notice().take(repository, List.of(jar, other)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "Maven's local repository " + repository,
                                "can run code with your rights",
                                "all users of this machine",
                                "run chmod -R o-w " + repository));
        assertThat(notice().take(repository, List.of(jar, other))).isEmpty();
    }

    private Optional<String> take(String... groups) {
        return notice(groups).take(workspace);
    }

    private MembersNotice notice(String... groups) {
        var settings = new UserSettings(
                "~/settings.yaml",
                new TreeSet<>(),
                new TreeSet<>(Set.of(groups)),
                new TreeMap<>(),
                NamedWorkspaces.NONE,
                NamedFilters.NONE,
                NotificationSettings.NONE,
                GitSettings.NONE);
        return new MembersNotice(folder.resolve("state"), settings);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}

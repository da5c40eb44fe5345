package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.Launcher;
import org.experimaestro.finder.FileLauncherFinder;
import org.experimaestro.finder.LauncherFile;
import org.experimaestro.finder.LauncherTypes;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.LauncherHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/launchers.md and the pages beside it say of the launcher file is so. */
class LaunchersPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final List<String> PAGES =
            List.of("launchers.md", "launcher-file.md", "launchers-slurm.md", "launchers-pbs.md", "connector-ssh.md");
    private static final Path KEYS_PAGE = DOCS.resolve("launcher-file.md");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern KNOWN_KEYS = Pattern.compile("[Kk]nown keys: (.*)");

    private static final UserSettings USER = UserSettings.none("settings.yaml");

    @TempDir
    private Path folder;

    /** Those that are parts of files are compared with the files elsewhere. */
    @Test
    void blocks_ofWholeFiles_areRead() throws IOException {
        List<String> files = new ArrayList<>();
        for (String page : PAGES) {
            Matcher block = YAML.matcher(Files.readString(DOCS.resolve(page)));
            while (block.find()) {
                if (block.group(1).matches("(?s)(launchers|connectors):.*")) {
                    files.add(block.group(1));
                }
            }
        }

        assertThat(files).hasSizeGreaterThan(5);
        for (String file : files) {
            assertThat(read(file).summaries()).as(file).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launchers: {a: {type: slurm, unknown_key: 1}}",
                "launchers: {a: {type: slurm, hosts: {h: {cores: 1, memory: 1G, unknown_key: 1}}}}",
                "launchers: {a: {type: slurm, partitions: {p: {unknown_key: 1}}}}",
                "launchers: {a: {type: slurm, hosts: {h: {cores: 1, memory: 1G, accelerators: [{kind: cuda, unknown_key: 1}]}}}}"
            })
    void keys_ofTheFile_areAllDocumented(String file) throws IOException {
        String message = Objects.requireNonNull(catchThrowable(() -> read(file)).getMessage());
        Matcher known = KNOWN_KEYS.matcher(message);
        String page = Files.readString(KEYS_PAGE);

        assertThat(known.find()).as(message).isTrue();
        // Messages give at most twenty names, and how many more there are.
        for (String key : known.group(1).replaceFirst(", and \\d+ more$", "").split(", ")) {
            assertThat(page).contains("`" + key + "`");
        }
    }

    @Test
    void hook_ofThePage_isAsked() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(LauncherHook.class.getName()), NightHook.class.getName());
        Path file = Files.writeString(folder.resolve("launchers.yaml"), "launchers: {laptop: {type: direct}}");
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader plan = new URLClassLoader(urls, NightHook.class.getClassLoader())) {
            assertThat(FileLauncherFinder.open(file, plan, USER).find(Launcher.find("cpu(cores=1)")))
                    .hasToString("laptop");
        }
    }

    private LauncherFile read(String text) throws IOException {
        return LauncherFile.read(
                Files.writeString(folder.resolve("launchers.yaml"), text), LauncherTypes.installed(), USER);
    }
}

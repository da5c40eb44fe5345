package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder and the archives that the build has just made. */
class PackedIT {
    private static final Path BUILT = Path.of(System.getProperty("distribution.folder"));
    private static final Path TAR = Path.of(System.getProperty("distribution.archives") + ".tar.gz");
    private static final Path ZIP = Path.of(System.getProperty("distribution.archives") + ".zip");

    /** The file by which a library that Maven has built names itself, also inside of another one's jar. */
    private static final Pattern PROPERTIES_OF_A_LIBRARY =
            Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");

    @TempDir
    private Path folder;

    @Test
    void folder_jars_holdTheProgramOnceAndTheProcessorApart() throws IOException {
        assertThat(artifactsIn(BUILT.resolve("lib")))
                .contains(
                        "experimaestro-cli",
                        "experimaestro-engine",
                        "experimaestro-job",
                        "experimaestro-loader",
                        "picocli")
                .doesNotContain("experimaestro-api", "experimaestro-core", "experimaestro-runtime", "jspecify")
                .doesNotContain("experimaestro-processor", "experimaestro-distribution", "javapoet")
                .doesNotContain("junit-jupiter", "junit-jupiter-api", "assertj-core")
                .doesNotHaveDuplicates();
        assertThat(artifactsIn(BUILT.resolve("lib/processor"))).contains("experimaestro-processor", "javapoet");
    }

    @Test
    void tar_unpackedAnywhere_runsFromALink() throws IOException {
        var place = Files.createDirectories(folder.resolve("some place"));
        var path = Map.of("PATH", "/usr/bin:/bin");
        assertThat(Scripts.run(place, path, "tar", "-xzf", TAR.toString()).exitCode())
                .isZero();
        var home = onlyFolderIn(place);
        assertThat(filesIn(home)).isEqualTo(filesIn(BUILT));

        var link = Files.createSymbolicLink(folder.resolve("experimaestro"), home.resolve("bin/experimaestro"));
        var jdk = Scripts.jdk(folder.resolve("jdk"), "25");
        var environment = Map.of("PATH", "/usr/bin:/bin", "EXPERIMAESTRO_JAVA_HOME", jdk.toString());
        assertThat(Scripts.run(folder, environment, link.toString(), "--version")
                        .lines())
                .contains("-Dexperimaestro.home=" + home.toRealPath(), "org.experimaestro.cli.Main", "--version");
    }

    @Test
    void zip_entries_areTheFilesOfTheFolder() throws IOException {
        var root = ZIP.getFileName().toString().replaceAll("\\.zip$", "") + "/";
        var names = new TreeSet<String>();
        try (var zip = new ZipFile(ZIP.toFile())) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
        }

        assertThat(names).allMatch(name -> name.startsWith(root));
        assertThat(names.stream().map(name -> name.substring(root.length())).toList())
                .isEqualTo(filesIn(BUILT));
    }

    @Test
    void folder_license_isThere() {
        assertThat(BUILT.resolve("LICENSE")).content().contains("Apache License", "Version 2.0, January 2004");
    }

    @Test
    void thirdParty_librariesOfTheFolder_areListedWithWhatTheyContain() throws IOException {
        var listed = Files.readString(BUILT.resolve("THIRD-PARTY.txt"));
        var contained = new TreeSet<String>();
        for (var jar : jarsIn(BUILT)) {
            if (jar.getFileName().toString().startsWith("experimaestro-")) {
                continue;
            }
            assertThat(listed)
                    .containsPattern(
                            ":" + Pattern.quote(jar.getFileName().toString().replaceAll("-([0-9][^-]*)\\.jar$", ":$1"))
                                    + "\\n");
            try (var zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .map(entry -> PROPERTIES_OF_A_LIBRARY.matcher(entry.getName()))
                        .filter(Matcher::matches)
                        .forEach(library -> contained.add(library.group(1) + ":" + library.group(2)));
            }
        }

        assertThat(contained)
                .contains("org.apache.maven.resolver:maven-resolver-api")
                .allSatisfy(library -> assertThat(listed).containsPattern(" " + Pattern.quote(library) + "[:\\n]"));
    }

    @Test
    void thirdParty_eachLicence_hasItsText() throws IOException {
        var licences = Pattern.compile("^[A-Z][0-9A-Za-z.-]+$", Pattern.MULTILINE)
                .matcher(Files.readString(BUILT.resolve("THIRD-PARTY.txt")))
                .results()
                .map(licence -> licence.group() + ".txt")
                .distinct()
                .sorted()
                .toList();

        assertThat(licences).contains("Apache-2.0.txt", "MIT.txt").isEqualTo(filesIn(BUILT.resolve("licenses")));
    }

    @Test
    void jars_ofOurModules_haveAModuleName() throws IOException {
        for (var jar : jarsIn(BUILT)) {
            if (jar.getFileName().toString().startsWith("experimaestro-")) {
                try (var file = new JarFile(jar.toFile())) {
                    assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                            .as(jar.toString())
                            .startsWith("org.experimaestro")
                            .isNotEqualTo("org.experimaestro.tests");
                }
            }
        }
    }

    /** The names of the jars of a folder without their versions. */
    private static List<String> artifactsIn(Path jars) throws IOException {
        try (var files = Files.list(jars)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceAll("-[0-9].*$", ""))
                    .toList();
        }
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static Path onlyFolderIn(Path place) throws IOException {
        try (var files = Files.list(place)) {
            var found = files.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}

package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names by which a user's {@code module-info} requires our jars: they never change. */
class ModuleNamesTest {
    private static final Pattern NAME = Pattern.compile("<module\\.name>([^<]+)</module\\.name>");
    private static final String MANIFEST_NAME = "Automatic-Module-Name";

    @TempDir
    Path folder;

    @Test
    void poms_ofModulesWithCode_nameThemAfterTheirPackage() throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("src/main/java")))
                    .toList()) {
                String name = name(module.resolve("pom.xml"));
                names.put(module.getFileName().toString(), name);
                assertThat(module.resolve("src/main/java").resolve(name.replace('.', '/')))
                        .as("the package of the module %s of %s", name, module)
                        .isDirectory();
            }
        }

        assertThat(names).containsEntry("api", "org.experimaestro").containsEntry("cli", "org.experimaestro.cli");
        assertThat(names.values()).doesNotHaveDuplicates();
        assertThat(Files.readString(Page.ROOT.resolve("pom.xml")))
                .contains("<" + MANIFEST_NAME + ">${module.name}</" + MANIFEST_NAME + ">");
    }

    @Test
    void moduleOfAUser_requiresOurs_compilesWithoutWarnings() throws Exception {
        Path api = jar("api", ExperimentPlan.class);
        Path cli = jar("cli", Main.class);
        Path sources = Files.createDirectories(folder.resolve("lab"));
        Path descriptor = Files.writeString(sources.resolve("module-info.java"), """
                module lab {
                    requires org.experimaestro;
                    requires org.experimaestro.cli;
                }
                """);
        Path plan = Files.writeString(
                Files.createDirectories(sources.resolve("lab")).resolve("Plan.java"), """
                package lab;

                import org.experimaestro.Experiment;
                import org.experimaestro.ExperimentPlan;
                import org.experimaestro.cli.Experimaestro;

                class Plan implements ExperimentPlan<Plan.Settings> {
                    record Settings() {}

                    @Override
                    public void run(Experiment xp, Settings settings) {}

                    static int main(String... arguments) {
                        return Experimaestro.run(Plan.class, arguments);
                    }
                }
                """);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        boolean compiled;
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            // An automatic module has a stable name, and the compiler still warns that it is one.
            List<String> options = List.of(
                    "-Xlint:all,-requires-automatic",
                    "-Werror",
                    "-proc:none",
                    "-d",
                    folder.resolve("classes").toString(),
                    "--module-path",
                    api + System.getProperty("path.separator") + cli);
            compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(descriptor, plan))
                    .call();
        }

        assertThat(messages.toString()).isEmpty();
        assertThat(compiled).isTrue();
    }

    /** The module's classes in a jar with the manifest that its pom asks for. */
    private Path jar(String module, Class<?> type) throws Exception {
        Path jar = folder.resolve("experimaestro-" + module + "-0.1.0.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .putValue(MANIFEST_NAME, name(Page.ROOT.resolve(module).resolve("pom.xml")));
        Path code =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out, manifest)) {
            if (Files.isDirectory(code)) {
                add(code, zip);
            } else {
                try (FileSystem packed = FileSystems.newFileSystem(code)) {
                    add(packed.getPath("/"), zip);
                }
            }
        }
        return jar;
    }

    private static void add(Path root, JarOutputStream zip) throws IOException {
        List<Path> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(classes::add);
        }
        for (Path file : classes) {
            zip.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
            zip.write(Files.readAllBytes(file));
            zip.closeEntry();
        }
    }

    private static String name(Path pom) throws IOException {
        Matcher name = NAME.matcher(Files.readString(pom));
        assertThat(name.find()).as("a <module.name> in %s", pom).isTrue();
        return name.group(1);
    }
}

package org.experimaestro.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts under test, and what they meet: shells, tools, JDKs that only look like one, and other programs. */
final class Scripts {
    /** The root of the source tree; tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The sources of the scripts that are packed. */
    static final Path SOURCES = ROOT.resolve("distribution/src/main/scripts");

    /** Where the script is in a clone that sets a locale. */
    static final String LOCALE = "engine/src/main/resources/org/experimaestro/engine/job/utf8-locale.sh";

    /** The programs that the scripts may call besides the shell's own commands. */
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "chmod",
            "cp",
            "date",
            "dirname",
            "find",
            "ln",
            "mkdir",
            "mktemp",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sh",
            "sleep",
            "touch",
            "uname");

    private Scripts() {}

    /** What a script did: its exit code, and what it wrote to standard output and standard error. */
    record Outcome(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** The shells of this machine that the scripts must work in: {@code sh} always, {@code dash} and {@code bash} if there. */
    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash").filter(shell -> findTool(shell) != null);
    }

    /** Makes a folder that holds the tools and no {@code java} or {@code mvn}: a PATH that this machine cannot disturb. */
    static Path toolsIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var tool : TOOLS) {
            var program = findTool(tool);
            if (program == null) {
                throw new IllegalStateException(
                        "The tests of the scripts need the program " + tool + " in /bin or /usr/bin");
            }
            Files.createSymbolicLink(folder.resolve(tool), program);
        }
        return folder;
    }

    private static Path findTool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Makes a JDK whose {@code java} prints its own folder and its arguments, a line each. */
    static Path jdk(Path home, String version) throws IOException {
        jre(home, version);
        program(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    /** Makes a JDK without a compiler. */
    static Path jre(Path home, String version) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Somebody"
                JAVA_VERSION="%s"
                JAVA_VERSION_DATE="2026-01-20"
                """.formatted(version));
        program(home.resolve("bin/java"), "printf '%s\\n' \"" + home + "\" \"$@\"");
        return home;
    }

    /** Writes an executable shell script with the lines {@code body}. */
    static Path program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return executable(file);
    }

    /** Copies a file with its mode, making the folders above it. */
    static Path copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        return Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static Path executable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs a command with exactly this environment and no standard input, and waits for its end. */
    static Outcome run(Path folder, Map<String, String> environment, String... command) throws IOException {
        return finish(start(folder, environment, command));
    }

    /** Starts a command; its output is in files beside each other, since two pipes would need two readers. */
    static Running start(Path folder, Map<String, String> environment, String... command) throws IOException {
        var out = Files.createTempFile("script", ".out");
        var err = Files.createTempFile("script", ".err");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** A command that was started, and the files that its output goes to. */
    record Running(Process process, Path out, Path err) {}

    static Outcome finish(Running running) throws IOException {
        try {
            if (!running.process().waitFor(1, TimeUnit.MINUTES)) {
                running.process().destroyForcibly();
                throw new IOException(
                        "A script did not end within a minute; it wrote: " + Files.readString(running.err()));
            }
            return new Outcome(
                    running.process().exitValue(), Files.readString(running.out()), Files.readString(running.err()));
        } catch (InterruptedException interruption) {
            running.process().destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a script ran", interruption);
        } finally {
            Files.deleteIfExists(running.out());
            Files.deleteIfExists(running.err());
        }
    }
}

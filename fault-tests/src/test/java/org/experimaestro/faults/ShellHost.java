package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Launcher;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;

/**
 * A host with a name and mounts of its own (namespaces(7)), on which the workspace is what the program {@code lying-files}
 * shows of it: to the shell and its commands as well as to the processes of plans and jobs. A connector leads to its shell,
 * which starts jobs as the launcher type {@code direct} does. Confined to one thread.
 */
final class ShellHost implements AutoCloseable {
    private static final String SHOW = "exec \"$0\" \"$1\" \"$1\" \"$2\" $3";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final Process shown;
    private final Path log;

    private ShellHost(String name, Process shown, Path log) {
        this.name = name;
        this.shown = shown;
        this.log = log;
    }

    /**
     * Starts a host.
     *
     * @param program the program that {@link LyingProgram} has made
     * @param site the workspace, which is there
     * @param name the name of the host
     * @param seed the number from which chance is made
     * @param lies what the file system does
     */
    static ShellHost start(Path program, Site site, String name, long seed, Lie... lies)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (Lie lie : lies) {
            words.add(lie.name());
        }
        List<String> command = new ArrayList<>(List.of("unshare", "--uts", "--mount"));
        command.addAll(TwoHostsTest.settled(name, site.host(name)));
        command.addAll(List.of("sh", "-c", SHOW, program.toString()));
        command.addAll(List.of(site.workspace().toString(), Long.toString(seed), String.join(" ", words)));
        Path log = site.folder().resolve("files-of-" + name + ".log");
        Process shown = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Shell.runAtLast("grep", "-q", " " + site.workspace() + " ", "/proc/" + shown.pid() + "/mountinfo");
        Files.writeString(number(site.folder(), name), Long.toString(shown.pid()));
        return new ShellHost(name, shown, log);
    }

    private static Path number(Path site, String name) {
        return site.resolve("process-of-" + name);
    }

    String name() {
        return name;
    }

    /** Returns the words before a command that is to run there. */
    static List<String> entering(long pid) {
        return List.of("nsenter", "--target", Long.toString(pid), "--uts", "--mount");
    }

    /** Plans that run on this host. */
    Harm plans() {
        return Harm.none().wrapper(entering(shown.pid()).toArray(String[]::new));
    }

    /** Runs a script in the shell of this host. */
    org.experimaestro.spi.Shell.Output run(String script) throws Exception {
        return ShellHostConnector.shell(shown.pid()).run(script, PATIENCE);
    }

    /** Has the file system tell the truth from now on. */
    void tellTheTruth() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-USR1", Long.toString(shown.pid())).start().waitFor();
    }

    /** Returns the launchers of all hosts of a site; jobs run on the one of this name. */
    static LauncherFinder launchers(Path site, String host) {
        return new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return Placement.on(definition(site, host), request);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.of(name)
                        .filter(each -> Files.exists(number(site, each)))
                        .map(each -> definition(site, each));
            }
        };
    }

    private static LauncherDefinition definition(Path site, String host) {
        return new LauncherDefinition(
                host,
                LauncherDefinition.DIRECT,
                Optional.of(ShellHostConnector.to(host, number(site, host))),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.of(System.getProperty("java.home") + "/bin/java"),
                new TreeMap<>(),
                0,
                new TreeMap<>(),
                List.of());
    }

    /** After the end, returns how often the file system has told a lie. */
    int told(Lie lie) throws IOException {
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith(lie.name() + " ")) {
                return Integer.parseInt(line.substring(lie.name().length() + 1));
            }
        }
        throw new AssertionError(
                "The file system of " + name + " has not ended as it should: " + Files.readString(log));
    }

    @Override
    public void close() throws InterruptedException {
        // SIGTERM, at which the program takes its mount away.
        shown.destroy();
        if (!shown.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            shown.destroyForcibly().waitFor();
        }
    }
}

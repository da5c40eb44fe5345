package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.Config;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes that the start of a job loads. Their number is exact where a time is noise: a class from outside of the start
 * cache is read, checked and linked in each job, and the first one opens the jars of the class path.
 */
@Tag("thorough")
@Timeout(120)
final class StartClassesTest {
    private static final String FROM_CACHE = "source: shared objects file";
    /** All classes of a job that does almost nothing, those of the JDK included; 1,413 when this was written. */
    private static final int MOST = 1_500;

    /**
     * Classes that the JDK loads where two threads want one lock at the same time, and those that read a folder of classes,
     * in which the task of this test is; the plan's own classes are in a jar.
     */
    private static final List<String> ONLY_HERE =
            List.of("AbstractQueuedSynchronizer$", "URLClassPath$FileLoader", "java.io.FileInputStream$1");

    @TempDir
    Path folder;

    @Test
    void start_withTheCache_loadsTheClassesOfTheTaskFromElsewhereAndNotManyInAll() throws Exception {
        Path place = PrivateFolder.make(folder.resolve("cache"));
        List<Path> own =
                Workspace.open(folder.resolve("workspace")).classPaths().snapshot(RuntimeClassPath.find());
        StartCache cache = new StartCache(place, notice -> {});
        Poll.until("the cache is made", () -> !cache.options(own, Map.of()).isEmpty());

        List<String> loaded = loaded(own, cache.options(own, Map.of()));

        assertThat(loaded)
                .as("classes that are not in the start cache")
                .filteredOn(
                        line -> !line.contains(FROM_CACHE) && ONLY_HERE.stream().noneMatch(line::contains))
                .extracting(line -> line.replaceFirst("^.*\\] (\\S+) source: .*$", "$1"))
                .containsExactlyInAnyOrder(StartedTask.class.getName(), StartedTaskBuilder.$Descriptor.class.getName());
        assertThat(loaded).hasSizeBetween(500, MOST);
    }

    /** Runs a job and returns a line for each class that its process has loaded. */
    private List<String> loaded(List<Path> own, List<String> options) throws Exception {
        Config<StartedTask> task =
                Config.builder(StartedTask.class).set("number", 3).build();
        Workspace workspace = Workspace.open(folder.resolve("workspace"));
        JobFolder job = workspace.job(task.type(), task.id());
        job.write(ConfigurationWriter.write(task, workspace.root(), job.pathToWorkspace()), "");
        assertThat(job.claim(ProcessIdentity.current(), "a run")).isInstanceOf(Claim.Granted.class);
        Path log = folder.resolve("classes.txt");
        List<Path> classPath = new ArrayList<>(own);
        classPath.add(Path.of(StartedTask.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Xlog:class+load:file=" + log);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.addAll(JobCommand.of(job.attempt(1)));
        Process process = new ProcessBuilder(command)
                .directory(job.path().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        return Files.readAllLines(log);
    }
}

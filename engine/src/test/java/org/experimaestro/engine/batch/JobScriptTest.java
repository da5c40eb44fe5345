package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script of a batch starts, with a command in the place of Java that tells what it was given. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class JobScriptTest {
    /** Its process, where it is, each of its arguments, and its environment. */
    private static final String WITNESS = """
            #!/bin/sh
            echo "pid=$$"
            printf 'folder=%s\\n' "$(pwd)"
            for word in "$@"; do printf 'word=%s\\n' "$word"; done
            env
            echo "a complaint" >&2
            exit 7
            """;

    @TempDir
    Path folder;

    private final RunBatchClients run =
            new RunBatchClients(LauncherFinder.thisMachine(), getClass().getClassLoader());
    private Path java;
    private String locale = "C.UTF-8";

    @BeforeEach
    void setUp() throws IOException {
        java = folder.resolve("it's a $java \"command\"");
        Files.writeString(java, WITNESS);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with spaces",
                "it's",
                "say \"hello\"",
                "Jürgen's Übung ☃",
                "$HOME and $(id) and `id`",
                "back\\slash \\n",
                "semi; colon & more | # !",
                "a*b?[c]",
                "-n"
            })
    void of_oddWorkspace_startsTheJobInItsFolder(String name) throws Exception {
        Submission job = job(name, 1, Map.of(), List.of());
        Started started = start(List.of(job), 0);

        assertThat(started.exitCode()).isEqualTo(7);
        assertThat(started.lines()).contains("folder=" + job.attempt().job().path());
        assertThat(started.words())
                .containsExactly(
                        "-cp",
                        "/jars/it's a.jar:/jars/$b.jar",
                        "org.experimaestro.runtime.JobMain",
                        "1",
                        job.attempt().job().path().toString());
        assertThat(started.complaints()).containsExactly("a complaint");
        assertThat(started.own()).isEmpty();
    }

    @Test
    void of_anyJob_replacesTheShell() throws Exception {
        Started started = start(List.of(job("workspace", 1, Map.of(), List.of())), 0);
        assertThat(started.lines()).contains("pid=" + started.pid());
    }

    @Test
    void of_jobOptions_surroundTheJobAndItsOwnOptions() throws Exception {
        Placement placement = placement(0, Resources.NONE, OptionalLong.of(1 << 20)).toBuilder()
                .option("before", "BEFORE=\"set by $EARLY\"\nexport BEFORE")
                .option("wrapper", "env WRAPPED='two words'")
                .option("jvm", "-ea '-Dwords=two words'")
                .build();
        Started started = start(List.of(job("workspace", 1, placement, Map.of("EARLY", "env"), List.of())), 0);

        assertThat(started.lines()).contains("BEFORE=set by env", "WRAPPED=two words", "pid=" + started.pid());
        assertThat(started.words()).startsWith("-Xmx1024k", "-ea", "-Dwords=two words", "-cp");
    }

    @Test
    void of_commandBeforeTheJobThatFails_startsNothing() throws Exception {
        Placement placement = placement(0, Resources.NONE, OptionalLong.empty()).toBuilder()
                .option("before", "sh -c 'exit 9'\ntrue")
                .build();
        Submission job = job("workspace", 1, placement, Map.of(), List.of());

        assertThat(process(List.of(job), "0").waitFor()).isEqualTo(9);
        assertThat(job.attempt().standardOutput()).doesNotExist();
    }

    @Test
    void of_launcherWithNiceness_replacesTheShellToo() throws Exception {
        Submission job = job("workspace", 1, placement(5, Resources.NONE, OptionalLong.empty()), Map.of(), List.of());
        Started started = start(List.of(job), 0);
        assertThat(started.lines()).contains("pid=" + started.pid());
        assertThat(started.words()).startsWith("-cp");
    }

    @Test
    void of_severalJobs_eachTaskIsAnotherOne() throws Exception {
        List<Submission> jobs = List.of(
                job("workspace", 1, Map.of(), List.of()),
                job("workspace", 2, Map.of(), List.of()),
                job("workspace", 3, Map.of(), List.of()));
        for (int i = 0; i < jobs.size(); i++) {
            assertThat(start(jobs, i).lines())
                    .contains("folder=" + jobs.get(i).attempt().job().path());
        }
    }

    @Test
    void of_laterAttempt_isToldToTheProcess_andHasLogsOfItsOwn() throws Exception {
        Submission first = job("workspace", 1, Map.of(), List.of());
        first.attempt().giveUp(ProcessIdentity.current(), "for a test");
        Submission second = job("workspace", 1, Map.of(), List.of());
        assertThat(second.attempt().number()).isEqualTo(2);
        assertThat(start(List.of(second), 0).words())
                .endsWith("2", second.attempt().job().path().toString());
        assertThat(first.attempt().standardOutput()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "busybox sh"})
    void of_linkInThePlaceOfALog_startsNothingAndNamesIt(String interpreter) throws Exception {
        assumeTrue(isThere(interpreter), interpreter + " is not installed here");
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Submission job = job("workspace", 1, Map.of(), List.of());
        Files.createSymbolicLink(job.attempt().standardError(), target);

        Process process = process(interpreter, List.of(job), "0");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(ownLog()))
                .contains(job.attempt().standardError().toString(), "a link");
        assertThat(target).hasContent("mine");
        assertThat(job.attempt().standardOutput()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "busybox sh"})
    void of_jobThatIsStartedAgain_addsToItsLogs(String interpreter) throws Exception {
        assumeTrue(isThere(interpreter), interpreter + " is not installed here");
        Submission job = job("workspace", 1, Map.of(), List.of());
        assertThat(process(interpreter, List.of(job), "0").waitFor()).isEqualTo(7);
        assertThat(process(interpreter, List.of(job), "0").waitFor()).isEqualTo(7);

        assertThat(job.attempt().standardError()).hasContent("a complaint\na complaint");
    }

    @Test
    void of_pipeInThePlaceOfALog_startsNothingAndDoesNotWait() throws Exception {
        Submission job = job("workspace", 1, Map.of(), List.of());
        assertThat(new ProcessBuilder("mkfifo", job.attempt().standardOutput().toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(process(List.of(job), "0").waitFor()).isEqualTo(1);
        assertThat(Files.readString(ownLog()))
                .contains(job.attempt().standardOutput().toString());
    }

    private static boolean isThere(String interpreter) throws InterruptedException {
        try {
            return new ProcessBuilder((interpreter + " -c :").split(" "))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void of_taskThatIsNotInTheBatch_saysSo() throws Exception {
        Process process = process(List.of(job("workspace", 1, Map.of(), List.of())), "5");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(ownLog())).contains("There is no job 5 in this batch");
    }

    @Test
    void of_folderThatIsNotThere_startsNothing() throws Exception {
        Submission job = job("workspace", 1, Map.of(), List.of());
        Files.move(job.workspace().root(), folder.resolve("moved"));
        Process process = process(List.of(job), "0");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(ownLog()))
                .contains(job.attempt().job().path().toString());
    }

    @Test
    void of_environment_isGivenAsItIs() throws Exception {
        Map<String, String> environment = Map.of(
                "PLAIN", "value",
                "EMPTY", "",
                "QUOTES", "it's \"so\"",
                "DOLLAR", "$HOME $(id) `id` ${x}",
                "UMLAUT", "Übung ☃",
                "SPACES", "  a   b  ",
                "BACKSLASH", "a\\nb\\",
                "PATH", "/first:" + System.getenv("PATH"));
        Started started = start(List.of(job("workspace", 1, environment, List.of())), 0);
        environment.forEach((name, value) -> assertThat(started.lines()).contains(name + "=" + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "\n\nlast\n\n", "dos\r\nlines\r\n", "it's\n$HOME\n"})
    void of_environmentOfSeveralLines_isGivenAsItIs(String value) throws Exception {
        Submission job = job("workspace", 1, Map.of("LINES_OF", value), List.of());
        start(List.of(job), 0);
        assertThat(Files.readString(job.attempt().standardOutput())).contains("\nLINES_OF=" + value + "\n");
    }

    @Test
    void of_passedVariable_isThatOfThisProcessAndNotInTheScript() throws Exception {
        Map<String, String> environment = Map.of("HOME", EnvironmentVariable.PASSED, "RANK", "3");
        Submission job = job("workspace", 1, environment, List.of());
        passed = JobScript.passed(job.spec().placement().environment());
        assertThat(passed).isEqualTo(Map.of("xpm_passed_HOME", System.getenv("HOME")));

        assertThat(JobScript.of(List.of(job), List.of(), folder -> "/folder"))
                .doesNotContain("'" + System.getenv("HOME") + "'");
        assertThat(start(List.of(job), 0).lines())
                .contains("HOME=" + System.getenv("HOME"), "RANK=3")
                .noneMatch(line -> line.startsWith("xpm_passed_"));
    }

    @Test
    void of_passedVariableThatWasLostOnTheWay_failsAndIsNamed() throws Exception {
        Submission job = job("workspace", 1, Map.of("HOME", EnvironmentVariable.PASSED), List.of());
        assertThat(process(List.of(job), "0").waitFor()).isNotZero();
        assertThat(Files.readString(ownLog())).contains("the variable HOME was not handed on to this job");
    }

    /** No name of theirs is one that the script itself uses. */
    @Test
    void of_environmentWithNamesAsScriptsHaveThem_isGivenAsItIs_andDisturbsNothing() throws Exception {
        Map<String, String> environment = new TreeMap<>();
        List.of("task", "attempt", "folder", "java", "home", "release", "on_path")
                .forEach(name -> environment.put(name, "mine"));
        Submission job = job("workspace", 1, environment, List.of());
        Started started = start(List.of(job), 0);
        assertThat(started.words()).endsWith("1", job.attempt().job().path().toString());
        environment.forEach((name, value) -> assertThat(started.lines()).contains(name + "=" + value));
    }

    @Test
    void of_jobThatNeedsOthers_isToldWhich() throws Exception {
        Submission one = job("workspace", 1, Map.of(), List.of());
        Submission two = job("workspace", 2, Map.of(), List.of());
        List<JobFolder> needs = List.of(one.attempt().job(), two.attempt().job());
        Submission job = job("workspace", 3, Map.of(), needs);
        assertThat(start(List.of(job), 0).lines())
                .contains(JobVariables.NEEDS + "=" + one.attempt().job().name() + " "
                        + two.attempt().job().name());
    }

    /** A plan may be run inside a job of another plan: what that one needs is nothing to these. */
    @Test
    void of_jobThatNeedsNoOthers_doesNotInheritThoseOfAnotherJob() throws Exception {
        Started started = start(List.of(job("workspace", 1, Map.of(), List.of())), 0);
        assertThat(started.lines()).doesNotContain(JobVariables.NEEDS + "=inherited/need");
    }

    @Test
    void of_hostWithoutALocale_getsOneInWhichFilesMayHaveAnyName() throws Exception {
        locale = "";
        assertThat(start(List.of(job("workspace", 1, Map.of(), List.of())), 0).lines())
                .contains("LC_CTYPE=C.UTF-8");
    }

    @Test
    void of_hostWithALocale_keepsIt() throws Exception {
        locale = "C.utf8";
        assertThat(start(List.of(job("workspace", 1, Map.of(), List.of())), 0).lines())
                .contains("LANG=C.utf8")
                .noneMatch(line -> line.startsWith("LC_"));
    }

    @Test
    void of_localeThatTheHostDoesNotHave_isReplaced() throws Exception {
        locale = "xx_XX.UTF-8";
        assertThat(start(List.of(job("workspace", 1, Map.of(), List.of())), 0).lines())
                .contains("LC_ALL=C.UTF-8");
    }

    @Test
    void of_localeOfTheUserThatIsNotUtf8_becomesThat() throws Exception {
        assertThat(start(List.of(job("workspace", 1, Map.of("LC_ALL", "C"), List.of())), 0)
                        .lines())
                .contains("LC_ALL=C.UTF-8");
    }

    @Test
    void of_rankThatTheUserHasSet_isToldToBeNone() throws Exception {
        assertThat(start(List.of(job("workspace", 1, Map.of("RANK", "1", "X", "2"), List.of())), 0)
                        .lines())
                .contains("RANK=1", JobVariables.NO_RANKS + "=RANK");
    }

    @Test
    void of_optionsOfTheUser_takeThePlaceOfOurs() throws Exception {
        Resources resources = new Resources(Optional.empty(), 4, 0, new TreeMap<>(), false, new TreeSet<>());
        Placement placement = placement(0, resources, OptionalLong.of(300L << 20));
        Map<String, String> environment = Map.of(
                "JAVA_TOOL_OPTIONS", "-Dx=1 -Xmx1g",
                "JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=2 -Xlog:gc");
        assertThat(start(List.of(job("workspace", 1, placement, environment, List.of())), 0)
                        .words())
                .startsWith("-cp");
    }

    @Test
    void of_resources_setTheJvmsHeapAndProcessors() throws Exception {
        Resources resources = new Resources(Optional.empty(), 4, 0, new TreeMap<>(), false, new TreeSet<>());
        Placement placement = placement(0, resources, OptionalLong.of(300L << 20));
        assertThat(start(List.of(job("workspace", 1, placement, Map.of(), List.of())), 0)
                        .words())
                .startsWith("-Xmx307200k", "-XX:ActiveProcessorCount=4", "-cp");
    }

    // ---- helpers ----

    private record Started(long pid, int exitCode, List<String> lines, List<String> complaints, String own) {
        List<String> words() {
            return lines.stream()
                    .filter(line -> line.startsWith("word="))
                    .map(line -> line.substring("word=".length()))
                    .toList();
        }
    }

    private Started start(List<Submission> jobs, int task) throws Exception {
        Process process = process(jobs, Integer.toString(task));
        int exitCode = process.waitFor();
        Path output = jobs.get(task).attempt().standardOutput();
        assertThat(output).as(Files.readString(ownLog())).exists();
        return new Started(
                process.pid(),
                exitCode,
                Files.readAllLines(output),
                Files.readAllLines(jobs.get(task).attempt().standardError()),
                Files.readString(ownLog()));
    }

    private Map<String, String> passed = Map.of();

    private Path ownLog() {
        return folder.resolve("own.log");
    }

    private Process process(List<Submission> jobs, String task) throws IOException {
        return process("sh", jobs, task);
    }

    private Process process(String interpreter, List<Submission> jobs, String task) throws IOException {
        String body = JobScript.of(
                jobs,
                List.of("/jars/it's a.jar", "/jars/$b.jar"),
                job -> job.path().toString());
        Files.writeString(folder.resolve("script.sh"), "task=" + task + "\n" + body);
        ProcessBuilder builder = new ProcessBuilder((interpreter + " script.sh").split(" "))
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ownLog().toFile());
        builder.environment().put(JobVariables.NEEDS, "inherited/need");
        builder.environment().putAll(passed);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LANG", locale);
        return builder.start();
    }

    private Submission job(String workspace, int number, Map<String, String> environment, List<JobFolder> needs)
            throws IOException {
        return job(workspace, number, placement(0, Resources.NONE, OptionalLong.empty()), environment, needs);
    }

    private Submission job(
            String name, int number, Placement placement, Map<String, String> environment, List<JobFolder> needs)
            throws IOException {
        Workspace workspace = Workspace.open(folder.resolve(name));
        JobFolder job = workspace.job("trial.step", ConfigId.parse("%016x%016x".formatted(number, 1)));
        Claim.Granted granted = (Claim.Granted) job.claim(ProcessIdentity.current(), "run");
        JobSpec spec = new JobSpec(
                        job, "{}", needs, List.of(), placement, AttemptOrigin.UNKNOWN, count -> false, new Silence())
                .with(environment);
        return new Submission(
                granted.attempt(), spec, workspace, new ArrayList<>(), List.of(), run, new CompletableFuture<>());
    }

    private Placement placement(int niceness, Resources resources, OptionalLong heap) {
        LauncherDefinition plain = LauncherDefinition.local();
        LauncherDefinition launcher = new LauncherDefinition(
                "farm",
                "test",
                plain.connector(),
                plain.capacity(),
                plain.limit(),
                plain.environment(),
                Optional.of(java.toString()),
                plain.jdks(),
                niceness,
                plain.options(),
                plain.directives());
        Placement.Builder placement = Placement.on(launcher).toBuilder().resources(resources);
        heap.ifPresent(placement::heap);
        return placement.build();
    }

    private static final class Silence implements JobSpec.Listener {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {}
    }
}

package org.experimaestro.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real shells make of the scripts. */
@Timeout(120)
class CompletionCommandTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    /** Each would make the file "hacked" if a shell evaluated it. */
    private static final List<String> HOSTILE = List.of("$(touch hacked)", "`touch hacked`", "x;touch hacked", "it's");

    @TempDir
    private Path place;

    @BeforeEach
    void makeWorkspace() throws IOException {
        Workspace workspace = Workspace.open(place.resolve("my work"));
        JobFolder job = workspace.job("a.learn", ConfigId.parse(ID));
        job.claim(ProcessIdentity.current(), "grid");
        RunFolder run = workspace.experiment("grid").newRun(Instant.parse("2026-11-28T12:00:00Z"));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob(
                    job.typeId(),
                    job.id(),
                    Map.of("layers", 3L, "name", "$(touch hacked)"),
                    List.of(),
                    "local",
                    Instant.EPOCH));
        }
        Files.createDirectories(workspace.experiment("two words").runsFolder());
        Files.writeString(place.resolve("debug.yaml"), "file: Grid\nworkdir: 'my work' # the place\n");
    }

    /** Completes the last of the words in a shell; returns what would stand in the command line. */
    private List<String> complete(CompletionShell shell, String... words) throws Exception {
        String script = CommandLineRun.of("completion", shell.toString()).text();
        Path file = Files.writeString(place.resolve("completion.txt"), script);
        List<String> command = new ArrayList<>(List.of(shell.toString()));
        switch (shell) {
            case BASH -> command.addAll(List.of("--norc", "-c", """
                    source "$1"; shift
                    COMP_WORDS=(experimaestro "$@"); COMP_CWORD=$#; COMPREPLY=()
                    _experimaestro
                    for reply in "${COMPREPLY[@]}"; do eval "set -- $reply"; printf '%s\\n' "$1"; done""", "test"));
            case ZSH -> command.addAll(List.of("-f", "-c", """
                    compdef() {}; _files() { print -r files }
                    compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@" }
                    source "$1"; shift
                    words=(experimaestro "$@"); CURRENT=${#words}; PREFIX=${words[-1]}
                    _experimaestro""", "test"));
            case FISH -> command.addAll(List.of("--no-config", "-c", """
                    source $argv[1]
                    set -l line experimaestro (string escape -- $argv[2..-2])
                    complete -C "$line $argv[-1]" | string replace -r '\\t.*' ''
                    true"""));
        }
        command.add(file.toString());
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", place.toString());
        builder.environment().remove("EXPERIMAESTRO_WORKDIR");
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            assumeTrue(System.getenv("CI") != null, "This machine has no " + shell + ": its completion is not tried");
            throw missing;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void commandsAndOptions_areThoseOfTheCommand(CompletionShell shell) throws Exception {
        assertThat(complete(shell, "jo")).containsExactly("jobs");
        assertThat(complete(shell, "jobs", "l")).containsExactlyInAnyOrder("list", "log");
        assertThat(complete(shell, "jobs", "list", "--st")).containsExactlyInAnyOrder("--state", "--stale");
    }

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void values_areNamesOfTheWorkspace(CompletionShell shell) throws Exception {
        assertThat(complete(shell, "jobs", "log", "012")).containsExactly(ID);
        assertThat(complete(shell, "jobs", "log", "a.learn/")).containsExactly("a.learn/" + ID);
        assertThat(complete(shell, "jobs", "list", "--experiment", "g")).containsExactly("grid");
        assertThat(complete(shell, "jobs", "list", "--state", "failed,ru")).containsExactly("failed,running");
        assertThat(complete(shell, "jobs", "list", "--tags", "la"))
                .last()
                .asString()
                .endsWith("3");
        assertThat(complete(shell, "runs", "stop", "grid/")).containsExactly("grid/20261128-120000");
        assertThat(complete(shell, "run-experiment", "de")).containsExactly("debug.yaml");
        assertThat(complete(shell, "experiments", "show", "g")).containsExactly("grid");
        assertThat(complete(shell, "experiments", "show", "de")).containsExactly("debug.yaml");
        assertThat(complete(shell, "trash", "undo", "de")).containsExactly("debug.yaml");
    }

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void workdir_ofTheCommandLine_isUsed(CompletionShell shell) throws Exception {
        Workspace.open(place.resolve("other")).experiment("elsewhere").newRun(Instant.EPOCH);

        assertThat(complete(shell, "jobs", "list", "--workdir", "other", "--experiment", ""))
                .containsExactly("elsewhere");
    }

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void namesOfOthers_areQuotedAndNotEvaluated(CompletionShell shell) throws Exception {
        for (String name : HOSTILE) {
            Files.createDirectories(place.resolve("my work/experiments").resolve(name));
        }
        Files.createDirectories(place.resolve("my work/experiments/line\nbreak"));

        List<String> found = complete(shell, "jobs", "list", "--experiment", "");

        assertThat(found.stream().map(name -> shell == CompletionShell.FISH ? name.replace("\\", "") : name))
                .contains("grid", "two words")
                .containsAll(HOSTILE)
                .noneMatch(name -> name.startsWith("line"));
        assertThat(place.resolve("hacked")).doesNotExist();
    }
}

package org.experimaestro.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.json.Json;
import org.experimaestro.engine.provenance.CodeCheckout;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.RunCommand;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.settings.MergedSettings;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs checkout}. */
@Command(
        name = "checkout",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a folder with the code and the settings of a run: its commit with the changes that were not committed, or"
                    + " its stored sources; and a YAML file with its merged settings.",
            "Prints the commands that run it again, and what is missing. No folder is overwritten, and no repository is"
                    + " changed."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro runs checkout grid",
            "  experimaestro runs checkout grid/20261128-120000 --to /tmp/grid"
        })
final class RunsCheckoutCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 5;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(paramLabel = "RUN", description = RunName.DESCRIPTION)
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "The new folder. Default: EXPERIMENT-RUN in the current folder.")
    private @Nullable String to;

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            description = "A clone that has the commit. Default: the repository in which the run was made.")
    private @Nullable String repository;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String named = workdir.takeName(name);
        Workspace workspace = workdir.view();
        RunView run = RunName.find(WorkspaceIndex.open(workspace).view(), named);
        RunFolder folder = run.folder();
        Path target = HomeFolder.expand(to == null ? folder.experiment() + "-" + folder.name() : to);
        CodeCheckout.Result made = CodeCheckout.make(
                workspace, folder, target, Optional.ofNullable(repository).map(HomeFolder::expand));
        Path yaml = made.yamlFolder().resolve(folder.experiment() + "." + folder.name() + ".yaml");
        List<String> missing = new ArrayList<>(made.missing());
        boolean isWritten = false;
        try {
            missing.addAll(writeSettings(workspace, run, made, yaml));
            isWritten = true;
        } finally {
            if (!isWritten) {
                delete(made.folder());
            }
        }
        missing.addAll(otherPrograms(workspace, run));
        Printer out = Printer.out(spec.commandLine());
        out.message(made.folder() + ": ", "the code of " + folder.qualifiedName());
        missing.forEach(each -> out.line("Missing: " + each));
        RunCommand.of(run, List.of("--run-mode", "dry-run"), yaml)
                .ifPresent(command -> out.line("Compare: " + command));
        RunCommand.of(run, List.of(), yaml).ifPresent(command -> out.line("Run: " + command));
        return ExitCode.OK;
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException leftover) {
            // The error that is on its way says what went wrong.
        }
    }

    private static List<String> writeSettings(Workspace workspace, RunView run, CodeCheckout.Result made, Path yaml) {
        Path planFolder = yaml.resolveSibling("").normalize().relativize(made.planFolder());
        List<String> missing = new ArrayList<>();
        MergedSettings settings = settings(workspace, run, made.folder(), planFolder, missing);
        try {
            Files.writeString(yaml, settings.text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write the settings of run "
                            + run.folder().qualifiedName() + ": " + Failures.reason(failed))
                    .at(yaml.toString())
                    .cause(failed)
                    .build();
        }
        settings.hidden()
                .forEach(variable -> missing.add("the value of env." + variable + ", which is not stored; give it with"
                        + " -c env." + variable + "=VALUE, or by the key pass"));
        return missing;
    }

    /** Returns the settings as they were written; of an early version, as JSON, whose numbers have lost their form. */
    private static MergedSettings settings(
            Workspace workspace, RunView run, Path folder, Path planFolder, List<String> missing) {
        String name = run.folder().qualifiedName();
        String id = run.folder().experiment();
        if (run.description().get(RunCode.SETTINGS) instanceof String digest) {
            Path copy = folder.resolveSibling(
                    ".tmp-settings-" + ProcessHandle.current().pid());
            try {
                try {
                    workspace.provenance().copy(digest, copy);
                    return MergedSettings.of(Files.readString(copy), name, id, workspace.root(), planFolder);
                } finally {
                    Files.deleteIfExists(copy);
                }
            } catch (IOException failed) {
                missing.add(
                        "the text of the settings, so that numbers may have another form: " + Failures.reason(failed));
            }
        }
        Object settings = run.description().get("settings");
        if (settings == null) {
            throw WorkspaceException.of("Cannot check out run " + name + ": it had no settings from a file")
                    .build();
        }
        return MergedSettings.ofJson(Json.write(settings), name, id, workspace.root(), planFolder);
    }

    /** Returns what of the run was other programs: jars that are not stored any longer, Experimaestro, and Java. */
    private static List<String> otherPrograms(Workspace workspace, RunView run) {
        List<String> missing = new ArrayList<>();
        if (run.description().get(RunFolder.CLASS_PATH) instanceof List<?> names) {
            List<String> gone = names.stream()
                    .map(String::valueOf)
                    .filter(jar -> workspace
                            .classPaths()
                            .find(jar)
                            .filter(entry -> Files.isRegularFile(entry.place()))
                            .isEmpty())
                    .toList();
            if (!gone.isEmpty()) {
                int more = gone.size() - MOST_SHOWN;
                missing.add((gone.size() == 1
                                ? "a jar of its class path is"
                                : gone.size() + " jars of its class path are")
                        + " not in the workspace: "
                        + String.join(", ", gone.subList(0, Math.min(MOST_SHOWN, gone.size())))
                        + (more > 0 ? " and " + more + " more" : ""));
            }
        }
        if (run.description().get("version") instanceof String version && !version.equals(Version.text())) {
            missing.add("Experimaestro " + version + ", with which it ran; this is " + Version.text());
        }
        String java = System.getProperty("java.version", "");
        if (run.description().get("java") instanceof Map<?, ?> was
                && was.get("version") instanceof String version
                && !version.equals(java)) {
            missing.add("Java " + version + ", with which it ran; this is " + java);
        }
        return missing;
    }
}

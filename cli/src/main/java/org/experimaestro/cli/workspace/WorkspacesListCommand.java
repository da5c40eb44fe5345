package org.experimaestro.cli.workspace;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.option.WorkspaceChoice;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.json.Json;
import org.experimaestro.settings.ExperimentPattern;
import org.experimaestro.settings.NamedWorkspace;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro workspaces list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the workspaces that your settings.yaml names, with the patterns of the experiments that run there.",
            "A star marks the one that commands in the current folder use."
        },
        footer = {"", "Examples:", "  experimaestro workspaces list", "  experimaestro workspaces list --json"})
final class WorkspacesListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object a line, for each workspace.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        UserSettings user = UserSettings.current();
        List<NamedWorkspace> workspaces = user.workspaces().list();
        @Nullable WorkspaceChoice here = here();
        Optional<NamedWorkspace> used =
                here == null ? Optional.empty() : user.workspaces().findAt(here.folder());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            workspaces.forEach(workspace -> out.line(json(workspace, used)));
            return ExitCode.OK;
        }
        if (workspaces.isEmpty()) {
            Printer.err(spec.commandLine())
                    .line(user.label()
                            + " names no workspaces; write \"workspaces: {lab: {path: /data/lab/work}}\" there");
        } else {
            table(workspaces, used).forEach(out::line);
        }
        if (here != null && used.isEmpty()) {
            Printer.err(spec.commandLine()).line("Commands here use " + here);
        }
        return ExitCode.OK;
    }

    /** Returns the workspace of commands in the current folder; {@code null} if its experiments have several. */
    private static @Nullable WorkspaceChoice here() {
        try {
            return new WorkdirOption().choose();
        } catch (WorkspaceException several) {
            return null;
        }
    }

    private static List<Line> table(List<NamedWorkspace> workspaces, Optional<NamedWorkspace> used) {
        TextTable table = new TextTable("", "NAME", "FOLDER", "EXPERIMENTS OF", "STATE");
        for (NamedWorkspace workspace : workspaces) {
            table.add(
                    Line.of(used.filter(workspace::equals).isPresent() ? "*" : ""),
                    Line.of(workspace.name(), "bold"),
                    Line.of(HomeFolder.shorten(workspace.folder())),
                    Line.of(String.join(", ", triggers(workspace))),
                    Line.of(state(workspace.folder())));
        }
        return table.lines();
    }

    private static List<String> triggers(NamedWorkspace workspace) {
        return workspace.triggers().stream().map(ExperimentPattern::glob).toList();
    }

    private static String state(Path folder) {
        try {
            Workspace workspace = Workspace.view(folder);
            if (!workspace.exists()) {
                return "not made yet";
            }
            int experiments = workspace.experiments().size();
            return experiments == 1 ? "1 experiment" : experiments + " experiments";
        } catch (WorkspaceException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private static String json(NamedWorkspace workspace, Optional<NamedWorkspace> used) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", workspace.name());
        json.put("folder", workspace.folder().toString());
        json.put("triggers", triggers(workspace));
        json.put("state", state(workspace.folder()));
        json.put("here", used.filter(workspace::equals).isPresent());
        return Json.writeLine(json);
    }
}

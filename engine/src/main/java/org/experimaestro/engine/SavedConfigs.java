package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.experimaestro.ConfigException;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The configurations that plans save under names, for other experiments of their workspace. Thread-safe. */
final class SavedConfigs {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

    private final Workspace workspace;
    private final ExperimentFolder own;
    private final RunMode mode;

    /** Creates those of a run. */
    SavedConfigs(Workspace workspace, String experiment, RunMode mode) {
        this.workspace = workspace;
        this.own = workspace.experiment(experiment);
        this.mode = mode;
    }

    /** Has a file written under a name, unless the run writes nothing. */
    void save(String name, Consumer<Path> writer) {
        if (!NAME.matcher(name).matches()) {
            throw ConfigException.of("Cannot save configurations under the name " + quoted(name))
                    .at(PlanLine.current())
                    .advice("use letters, digits, _, - and ., with no dot at the beginning")
                    .build();
        }
        if (mode != RunMode.NORMAL) {
            return;
        }
        try {
            own.makeSaved();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot save configurations: " + Failures.reason(failed))
                    .at(own.results().toString())
                    .cause(failed)
                    .build();
        }
        writer.accept(own.saved(name));
    }

    /** Returns the file that an experiment has under a name. */
    Path file(String experiment, String name) {
        List<String> experiments =
                workspace.experiments().stream().map(ExperimentFolder::name).toList();
        if (!experiments.contains(experiment)) {
            throw missing(
                    experiment,
                    name,
                    "the workspace has no such experiment",
                    NearName.advice(experiment, experiments).orElse("run that experiment first"));
        }
        ExperimentFolder folder = workspace.experiment(experiment);
        if (NAME.matcher(name).matches() && Files.exists(folder.saved(name))) {
            return folder.saved(name);
        }
        List<String> names = names(folder);
        String reason = names.isEmpty()
                ? "the experiment has saved nothing"
                : "the experiment has saved " + String.join(", ", names);
        throw missing(
                experiment,
                name,
                reason,
                NearName.advice(name, names).orElse("let its plan call xp.save, and run it first"));
    }

    private static List<String> names(ExperimentFolder folder) {
        try {
            return folder.savedNames();
        } catch (IOException unreadable) {
            throw WorkspaceException.of("Cannot list saved configurations: " + Failures.reason(unreadable))
                    .at(folder.results().toString())
                    .cause(unreadable)
                    .build();
        }
    }

    private static WorkspaceException missing(String experiment, String name, String reason, @Nullable String advice) {
        return WorkspaceException.of(
                        "Cannot load " + quoted(name) + " of the experiment " + quoted(experiment) + ": " + reason)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }

    private static String quoted(String name) {
        return '"' + VisibleText.of(name) + '"';
    }
}

package org.experimaestro.cli.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.cli.api.SideVariables;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.run.RunName;
import org.experimaestro.cli.run.RunTarget;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The action or the service that a command names. */
final class SideTarget {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(index = "0", paramLabel = "RUN", description = RunName.DESCRIPTION)
    private String run = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The name that the plan has given. Default: that of the only one.")
    private @Nullable String name;

    private @Nullable Workspace workspace;

    /** Finds a service, to look at it: of an experiment, the one that runs for an earlier run if that of the last one does not. */
    SideFolder findService() {
        String named = workdir.takeName(run);
        Workspace in = workdir.view();
        return find(SideKind.SERVICE, in, RunTarget.findLast(in, named), withEarlier(in, named));
    }

    /** Finds a service as {@link #findService}, in a workspace that this user may change. */
    SideFolder findServiceToChange() {
        String named = workdir.takeName(run);
        Workspace in = workdir.change();
        return find(SideKind.SERVICE, in, RunTarget.findLast(in, named), withEarlier(in, named));
    }

    /** Finds what is meant of the run, in a workspace that this user may change. */
    SideFolder findToChange(SideKind kind) {
        String named = workdir.takeName(run);
        Workspace in = workdir.change();
        RunFolder folder = RunTarget.findLast(in, named);
        return find(kind, in, folder, SideFolder.list(folder, kind));
    }

    /** Returns the services of a run; of an experiment, those that run for earlier runs take the place of ones that do not. */
    private static List<SideFolder> withEarlier(Workspace workspace, String named) {
        Map<String, SideFolder> services = new LinkedHashMap<>();
        for (SideFolder service : SideFolder.list(RunTarget.findLast(workspace, named), SideKind.SERVICE)) {
            services.put(service.name(), service);
        }
        for (SideFolder service : running(RunTarget.earlier(workspace, named))) {
            services.merge(service.name(), service, (later, earlier) -> isActive(later) ? later : earlier);
        }
        return List.copyOf(services.values());
    }

    private static List<SideFolder> running(List<RunFolder> runs) {
        return runs.stream()
                .flatMap(run -> SideFolder.list(run, SideKind.SERVICE).stream())
                .filter(SideTarget::isActive)
                .toList();
    }

    private static boolean isActive(SideFolder service) {
        return service.last()
                .map(SideProcess::status)
                .filter(SideStatus::isActive)
                .isPresent();
    }

    private SideFolder find(SideKind kind, Workspace in, RunFolder folder, List<SideFolder> declared) {
        workspace = in;
        List<String> names = declared.stream().map(SideFolder::name).toList();
        String wanted = name == null && declared.size() == 1 ? names.getFirst() : name;
        if (wanted == null) {
            throw WorkspaceException.of(
                            declared.isEmpty()
                                    ? "The run " + folder.qualifiedName() + " has declared no " + kind.word()
                                    : "The run " + folder.qualifiedName() + " has several: " + String.join(", ", names))
                    .advice(
                            declared.isEmpty()
                                    ? "declare one in the plan with xp." + kind.word() + ", and run it"
                                    : "name one of them")
                    .build();
        }
        return declared.stream()
                .filter(each -> each.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> WorkspaceException.of("The run " + folder.qualifiedName() + " has declared no "
                                + kind.word() + " \"" + wanted + "\"")
                        .advice(NearName.advice(wanted, names)
                                .orElse(
                                        names.isEmpty()
                                                ? "it has declared none"
                                                : "it has " + String.join(", ", names)))
                        .build());
    }

    /** Returns the process that was started last. */
    static SideProcess last(SideFolder folder) {
        return folder.last()
                .orElseThrow(() -> WorkspaceException.of("The " + folder + " was never started")
                        .advice("start it with: experimaestro services start " + folder.run() + " " + folder.name())
                        .build());
    }

    /** Returns the variables of a process of the workspace: the places of named roots on this machine. */
    Map<String, String> variables() {
        Workspace in = workspace;
        return in == null ? Map.of() : SideVariables.of(in);
    }

    /**
     * Lists what runs have declared: the named run, or the last one of each experiment, with the services that run for
     * earlier runs of it.
     */
    static List<SideFolder> list(WorkdirOption workdir, @Nullable String run, SideKind kind) {
        String named = run == null ? null : workdir.takeName(run);
        Workspace workspace = workdir.view();
        List<RunFolder> runs = new ArrayList<>();
        List<RunFolder> earlier = new ArrayList<>();
        if (named != null) {
            runs.add(RunTarget.findLast(workspace, named));
            earlier.addAll(RunTarget.earlier(workspace, named));
        } else {
            workspace.experiments().stream()
                    .map(experiment -> experiment.runs())
                    .filter(all -> !all.isEmpty())
                    .forEach(all -> {
                        runs.add(all.getLast());
                        earlier.addAll(all.reversed().subList(1, all.size()));
                    });
        }
        List<SideFolder> found = new ArrayList<>();
        runs.forEach(each -> found.addAll(SideFolder.list(each, kind)));
        if (kind == SideKind.SERVICE) {
            found.addAll(running(earlier));
        }
        return found;
    }
}

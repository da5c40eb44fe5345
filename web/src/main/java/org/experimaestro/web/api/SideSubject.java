package org.experimaestro.web.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;

/** The action or the service of a run that a request is about. Only a run that the index has leads to a folder. */
public final class SideSubject {
    private static final int MOST_DIGITS = 6;

    private SideSubject() {}

    /**
     * Finds what a run has declared.
     *
     * @param run the run
     * @param kind the kind
     * @param name the name that the plan has given
     * @return the folder
     * @throws HttpProblem if the run has none of this name
     */
    public static SideFolder find(RunView run, SideKind kind, String name) {
        List<SideFolder> declared = SideFolder.list(run.folder(), kind);
        return declared.stream()
                .filter(folder -> folder.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = declared.stream().map(SideFolder::name).toList();
                    HttpProblem problem = HttpProblem.notFound("The run "
                            + run.folder().qualifiedName() + " has declared no " + kind.word() + " \"" + name + "\""
                            + (names.isEmpty() ? "" : ", only " + String.join(", ", names)));
                    Optional<String> near = NearName.find(name, names);
                    return near.isEmpty() ? problem : problem.with("near", List.of(near.get()));
                });
    }

    /**
     * Finds what a path names.
     *
     * @param monitored the workspace
     * @param path the segments {@code experiment}, {@code run} and {@code name}
     * @param kind the kind
     * @return the folder
     * @throws HttpProblem if there is no such run, or it has none of this name
     */
    public static SideFolder find(Monitored monitored, Map<String, String> path, SideKind kind) {
        RunView run =
                Selection.run(monitored.view(), path.getOrDefault("experiment", ""), path.getOrDefault("run", ""));
        return find(run, kind, path.getOrDefault("name", ""));
    }

    /**
     * Finds the process that a path names.
     *
     * @param monitored the workspace
     * @param path the segments {@code experiment}, {@code run}, {@code name} and {@code number}
     * @param kind the kind
     * @return the process
     * @throws HttpProblem if there is none of this number
     */
    public static SideProcess process(Monitored monitored, Map<String, String> path, SideKind kind) {
        SideFolder folder = find(monitored, path, kind);
        String number = path.getOrDefault("number", "");
        boolean isNumber = number.matches("[1-9][0-9]*") && number.length() <= MOST_DIGITS;
        return Optional.of(number)
                .filter(text -> isNumber)
                .map(text -> folder.process(Integer.parseInt(text)))
                .filter(process -> folder.processes().stream().anyMatch(other -> other.number() == process.number()))
                .orElseThrow(() -> HttpProblem.notFound("The " + folder + " has no process of number " + number));
    }
}

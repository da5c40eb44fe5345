package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.experimaestro.Action;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Question;
import org.experimaestro.Service;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The actions and services that a plan declares, stored in the folder of the run. Thread-safe. */
final class SideDeclarations {
    private final Workspace workspace;
    private final @Nullable RunFolder run;
    private final JobCode code;
    private final Set<String> declared = new HashSet<>();

    /**
     * Creates the declarations of a run.
     *
     * @param workspace the workspace
     * @param run the folder of the run; {@code null} for a run that stores nothing
     * @param code the code of its jobs, which is that of its actions
     */
    SideDeclarations(Workspace workspace, @Nullable RunFolder run, JobCode code) {
        this.workspace = workspace;
        this.run = run;
        this.code = code;
    }

    /**
     * Stores an action.
     *
     * @param needs the names of the jobs that must be done before it is executed
     */
    synchronized void action(String name, Config<? extends Action> action, List<String> needs) {
        take(SideKind.ACTION, name);
        ConfigNode<?> node = (ConfigNode<?>) Node.of(action);
        List<Question> questions = questions(name, action);
        if (run == null) {
            return;
        }
        SideFolder folder = SideFolder.of(run, SideKind.ACTION, name);
        try {
            folder.declare(
                    new ActionDescription(node.descriptor().typeId(), questions, needs, classPath()),
                    ConfigurationWriter.write(node, workspace.root(), SideFolder.pathToWorkspace()));
        } catch (IOException failed) {
            throw cannotStore(folder, failed);
        }
    }

    private static List<Question> questions(String name, Config<? extends Action> action) {
        List<Question> questions;
        try {
            questions = List.copyOf(action.value().questions());
        } catch (RuntimeException thrown) {
            throw ConfigException.of("Cannot declare the action " + name + ": its method questions failed: " + thrown)
                    .at(PlanLine.current())
                    .cause(thrown)
                    .build();
        }
        Set<String> names = new HashSet<>();
        for (Question question : questions) {
            if (!names.add(question.name())) {
                throw ConfigException.of("Cannot declare the action " + name + ": it asks two questions named \""
                                + question.name() + "\"")
                        .at(PlanLine.current())
                        .build();
            }
        }
        return questions;
    }

    /** Stores a service. */
    synchronized void service(String name, Service service) {
        take(SideKind.SERVICE, name);
        if (run == null) {
            return;
        }
        SideFolder folder = SideFolder.of(run, SideKind.SERVICE, name);
        try {
            folder.declare(new ServiceDescription(
                    service.program().command(),
                    service.program().environment(),
                    service.isWeb(),
                    service.path(),
                    service.limit(),
                    classPath()));
        } catch (IOException failed) {
            throw cannotStore(folder, failed);
        }
    }

    private void take(SideKind kind, String name) {
        String advice = SideFolder.isName(name)
                ? "give each " + kind.word() + " a name of its own"
                : "use letters, digits, _, - and ., with no - and no dot at the beginning";
        if (!SideFolder.isName(name) || !declared.add(kind.word() + " " + name)) {
            throw ConfigException.of("Cannot declare " + (kind == SideKind.ACTION ? "an " : "a ") + kind.word()
                            + " under the name \"" + VisibleText.of(name) + "\""
                            + (SideFolder.isName(name) ? ", which another one has" : ""))
                    .at(PlanLine.current())
                    .advice(advice)
                    .build();
        }
    }

    /** Returns the names of the copies of the code, which are made now; none for a plan in a test. */
    private List<String> classPath() throws IOException {
        return code.isKnown()
                ? code.classPath().stream()
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .toList()
                : List.of();
    }

    private static WorkspaceException cannotStore(SideFolder folder, IOException failed) {
        return WorkspaceException.of("Cannot store the " + folder + ": " + Failures.reason(failed))
                .advice("make room or change the permissions; jobs that run go on")
                .cause(failed)
                .build();
    }
}

package org.experimaestro.monitor.side;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.base.process.ClassPathText;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.base.process.OuterJob;
import org.experimaestro.base.process.SessionCommand;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;
import org.experimaestro.workspace.Workspace;

/**
 * The start of an action or a service: a process of this machine, in a session of its own, with the code of the run. It
 * goes on when this process ends. Thread-safe.
 */
public final class SideStart {
    /** The number of missing jobs that a message names. */
    private static final int MOST_NAMED = 10;

    /** The options of the JVM that only watches over a program. */
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** The seconds that a service has to end; its program has one less (GuardedProcess). */
    private static final String SERVICE_GRACE = "6";

    private SideStart() {}

    /**
     * Starts to execute an action. Several executions may go on at once, each in a folder of its own.
     *
     * @param action the action
     * @param answers the answers that a person gave, by the names of the questions
     * @param variables variables for the process
     * @return the process
     * @throws LaunchException if an answer is wrong, or a job is not done that made one of its parameters
     * @throws WorkspaceException if it cannot be read, or the process cannot be started
     */
    public static SideProcess execute(
            SideFolder action, Map<String, List<String>> answers, Map<String, String> variables) {
        Map<String, List<String>> complete = check(action, answers);
        List<Path> code = action.classPath(action.action().classPath());
        Optional<SideProcess> process = Optional.empty();
        for (int number = next(action); process.isEmpty(); number++) {
            process = action.newProcess(number, Map.of(SideProcess.ANSWERS, complete));
        }
        start(process.get(), code, List.of(), variables);
        return process.get();
    }

    /**
     * Checks that an action can be executed.
     *
     * @param action the action
     * @param answers the answers that a person gave, by the names of the questions
     * @return the answers to all questions
     * @throws LaunchException if an answer is wrong, or a job is not done that made one of its parameters
     * @throws WorkspaceException if the action or its code cannot be read
     */
    public static Map<String, List<String>> check(SideFolder action, Map<String, List<String>> answers) {
        ActionDescription description = action.action();
        Map<String, List<String>> complete = GivenAnswers.complete(action.toString(), description.questions(), answers);
        requireDone(action, description.needs());
        var _ = action.classPath(description.classPath());
        return complete;
    }

    /**
     * Returns the reason why an action cannot be executed.
     *
     * @param missing the jobs that are not done, each with its state
     * @return a phrase
     */
    public static String notDone(List<String> missing) {
        int more = missing.size() - MOST_NAMED;
        return "results that it needs are not there: those of "
                + String.join(", ", more > 0 ? missing.subList(0, MOST_NAMED) : missing)
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static void requireDone(SideFolder action, List<String> needs) {
        Workspace workspace = Workspace.view(action.workspace());
        List<String> missing = new ArrayList<>();
        for (String need : needs) {
            int slash = need.indexOf('/');
            JobFolder job = workspace.job(need.substring(0, slash), ConfigId.parse(need.substring(slash + 1)));
            JobStatus status = job.status();
            if (!(status instanceof JobStatus.Done)) {
                missing.add(need + " (" + status.words() + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw LaunchException.of("Cannot execute the " + action + ": " + notDone(missing))
                    .advice("see why with: experimaestro jobs why, or run the experiment again")
                    .build();
        }
    }

    /**
     * Starts a service, unless it runs.
     *
     * @param service the service
     * @param port the port at which it is to listen; empty for any free one
     * @param variables variables for the process
     * @return the process, which may have been started before
     * @throws LaunchException if it may run on another host
     * @throws WorkspaceException if it cannot be read, or the process cannot be started
     */
    public static SideProcess start(SideFolder service, OptionalInt port, Map<String, String> variables) {
        return start(service, port, variables, false);
    }

    /**
     * Starts a service, unless it runs.
     *
     * @param service the service
     * @param port the port at which it is to listen; empty for any free one
     * @param variables variables for the process
     * @param hasEnded whether a process of it that cannot be seen from here counts as ended; that is recorded
     * @return the process, which may have been started before
     * @throws LaunchException if it may run on another host
     * @throws WorkspaceException if it cannot be read, or the process cannot be started
     */
    public static SideProcess start(
            SideFolder service, OptionalInt port, Map<String, String> variables, boolean hasEnded) {
        List<Path> code = service.classPath(service.service().classPath());
        while (true) {
            Optional<SideProcess> last = service.last();
            SideStatus status = last.map(process -> settled(process, hasEnded)).orElse(null);
            if (status != null && status.state() == State.ELSEWHERE) {
                throw LaunchException.of("Cannot start the " + service + ": it seems to run as "
                                + status.process().map(Object::toString).orElse("a process of another host"))
                        .advice("stop it there; or, once you know that it has ended, add --has-ended")
                        .build();
            }
            if (status != null && status.isActive()) {
                return last.get();
            }
            Map<String, Object> request = port.isPresent() ? Map.of(SideProcess.PORT, port.getAsInt()) : Map.of();
            // If another process has taken the number meanwhile, it is looked at again.
            Optional<SideProcess> process = service.newProcess(next(service), request);
            if (process.isPresent()) {
                start(process.get(), code, SMALL, variables);
                return process.get();
            }
        }
    }

    /**
     * Returns the state of a process that stays so: one that has not begun until now, though its starter is gone, never
     * begins.
     */
    private static SideStatus settled(SideProcess side, boolean hasEnded) {
        SideStatus status = side.status();
        boolean isUnseen = status.state() == State.ELSEWHERE && hasEnded;
        if (!isUnseen && (status.isActive() || status.process().isPresent())) {
            return status;
        }
        try {
            side.declareVoid();
            if (isUnseen) {
                side.end(State.VANISHED, "a person knew that it had ended on another host");
            }
        } catch (IOException failed) {
            throw cannotStart(side, failed);
        }
        return side.status(); // it may have begun in the meantime
    }

    private static int next(SideFolder folder) {
        return 1 + folder.last().map(SideProcess::number).orElse(0);
    }

    private static void start(SideProcess side, List<Path> code, List<String> options, Map<String, String> variables) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(ClassPathText.of(
                code.stream().map(Path::toString).toList(), side.path().toString()));
        command.addAll(side.command());
        ProcessBuilder builder = new ProcessBuilder(SessionCommand.of(command))
                .directory(side.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(side.log().toFile()))
                .redirectErrorStream(true);
        OuterJob.removeFrom(builder.environment());
        builder.environment().put(JobVariables.GRACE, SERVICE_GRACE);
        builder.environment().putAll(variables);
        try {
            NewFile.open(side.log()).close(); // so that a link in its place is not followed
            Process process = builder.start();
            var _ = process.onExit().thenAccept(ended -> tellEnd(side, ended.exitValue()));
        } catch (IOException failed) {
            giveUp(side, failed);
            throw cannotStart(side, failed);
        }
    }

    /** Ends a process that could not be started: else it would count as starting as long as this process lives. */
    private static void giveUp(SideProcess side, IOException failed) {
        try {
            side.declareVoid();
            side.end(State.FAILED, "it could not be started: " + Failures.reason(failed));
        } catch (IOException unwritable) {
            failed.addSuppressed(unwritable);
        }
    }

    private static WorkspaceException cannotStart(SideProcess side, IOException failed) {
        return WorkspaceException.of("Cannot start the " + side.folder() + ": " + Failures.reason(failed))
                .cause(failed)
                .build();
    }

    /** Tells the end of a process that could not do so itself. */
    private static void tellEnd(SideProcess side, int exitCode) {
        try {
            side.end(
                    side.isStopping() ? State.STOPPED : State.FAILED,
                    "its process ended with exit code " + exitCode + " without a word");
        } catch (IOException unwritable) {
            System.getLogger(SideStart.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot write the end of " + side, unwritable);
        }
    }
}

package org.experimaestro.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.experimaestro.Question;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.side.SideStart;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;

/** The actions and services of a run, which people execute and start beside it, with their last processes. */
final class BesideResource implements Resource {
    /**
     * The answer.
     *
     * @param run the run, {@code EXPERIMENT/RUN}
     * @param host the name of this machine, where a service is started
     * @param actions the actions, sorted by name
     * @param services the services, sorted by name
     * @param problems a sentence for each that cannot be read
     */
    record Answer(
            String run, String host, List<ActionLine> actions, List<ServiceLine> services, List<String> problems) {}

    /**
     * An action.
     *
     * @param name its name
     * @param type the type of its configuration
     * @param questions its questions
     * @param last its last execution
     * @param executions the number of its executions
     * @param possible whether it can be executed now
     * @param reason the reason why it cannot
     * @param command the command that executes it
     */
    record ActionLine(
            String name,
            String type,
            List<QuestionLine> questions,
            Optional<ProcessLine> last,
            int executions,
            boolean possible,
            Optional<String> reason,
            String command) {}

    /**
     * A question.
     *
     * @param name its name
     * @param kind {@code choice}, {@code choices}, {@code text} or {@code yesno}
     * @param text the question, for people
     * @param options the answers that can be chosen
     * @param byDefault the answer where a person gives none; absent if there is none
     */
    record QuestionLine(
            String name,
            String kind,
            String text,
            List<String> options,
            @WireName("default") Optional<List<String>> byDefault) {}

    /**
     * A service.
     *
     * @param name its name
     * @param isWeb whether it has a page
     * @param last its last process
     * @param port the port of {@code host} at which it listens, once it is ready
     * @param address the address of its page on {@code host}
     * @param command the command that starts it, or that stops it while it runs
     */
    record ServiceLine(
            String name,
            boolean isWeb,
            Optional<ProcessLine> last,
            OptionalInt port,
            Optional<String> address,
            String command) {}

    /**
     * A process.
     *
     * @param number its number
     * @param state its state
     * @param isStopping whether somebody has asked it to stop
     * @param text the result, or the reason of a failure; may be empty
     * @param started the time when somebody asked for it
     * @param ended the time of its end
     * @param host the host of the process, if it is another one
     * @param folder its folder
     * @param files the files in its folder that are its own, the first of them
     * @param moreFiles the number of files that are left out
     */
    record ProcessLine(
            int number,
            State state,
            boolean isStopping,
            String text,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> host,
            String folder,
            List<FileListing.Entry> files,
            int moreFiles) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        RunView run = Selection.run(view, path.getOrDefault("experiment", ""), path.getOrDefault("run", ""));
        monitored.index().followSides(run.folder());
        List<String> problems = new ArrayList<>();
        return new Answer(
                run.folder().qualifiedName(),
                Monitored.host(),
                lines(run, SideKind.ACTION, problems, folder -> action(monitored, view, folder)),
                lines(run, SideKind.SERVICE, problems, folder -> service(monitored, folder)),
                problems);
    }

    private static <T> List<T> lines(
            RunView run, SideKind kind, List<String> problems, Function<SideFolder, T> reading) {
        List<T> lines = new ArrayList<>();
        for (SideFolder folder : SideFolder.list(run.folder(), kind)) {
            try {
                lines.add(reading.apply(folder));
            } catch (WorkspaceException damaged) {
                problems.add(String.valueOf(damaged.getMessage()));
            }
        }
        return lines;
    }

    private static ActionLine action(Monitored monitored, JobsView view, SideFolder folder) {
        ActionDescription description = folder.action();
        List<SideProcess> processes = folder.processes();
        List<String> missing = description.needs().stream()
                .filter(need -> view.find(need)
                        .filter(job -> job.status() instanceof JobStatus.Done)
                        .isEmpty())
                .map(need -> need + " (" + view.find(need).map(JobView::words).orElse("gone") + ")")
                .toList();
        Optional<String> reason = monitored.readOnly()
                ? Optional.of("this monitor only reads")
                : missing.isEmpty() ? Optional.empty() : Optional.of(SideStart.notDone(missing));
        return new ActionLine(
                folder.name(),
                description.typeId(),
                description.questions().stream().map(BesideResource::question).toList(),
                processes.isEmpty() ? Optional.empty() : Optional.of(process(processes.getLast(), true)),
                processes.size(),
                reason.isEmpty(),
                reason,
                command(monitored, folder, "actions", "run"));
    }

    private static QuestionLine question(Question question) {
        return new QuestionLine(
                question.name(),
                WireJson.word(question.kind()).replace(" ", ""),
                question.text(),
                question.options(),
                question.defaults());
    }

    private static ServiceLine service(Monitored monitored, SideFolder folder) {
        ServiceDescription description = folder.service();
        Optional<ProcessLine> last = folder.last().map(process -> process(process, false));
        OptionalInt port = port(folder);
        boolean isActive = last.filter(process -> isActive(process.state())).isPresent();
        return new ServiceLine(
                folder.name(),
                description.isWeb(),
                last,
                port,
                port.isPresent()
                        ? Optional.of(ServiceDescription.address(port.getAsInt(), description.path()))
                        : Optional.empty(),
                command(monitored, folder, "services", isActive ? "stop" : "start"));
    }

    private static boolean isActive(State state) {
        return state == State.STARTING || state == State.RUNNING;
    }

    /** Returns the port of a service that is ready. */
    static OptionalInt port(SideFolder service) {
        return service.last()
                .map(SideProcess::status)
                .filter(status -> status.state() == State.RUNNING)
                .map(SideStatus::port)
                .orElse(OptionalInt.empty());
    }

    private static ProcessLine process(SideProcess process, boolean hasFiles) {
        SideStatus status = process.status();
        FileListing files = hasFiles ? FileListing.ofProcess(process) : new FileListing(List.of(), 0);
        return new ProcessLine(
                process.number(),
                status.state(),
                status.isActive() && process.isStopping(),
                status.text(),
                status.started(),
                status.ended(),
                status.process().filter(known -> !known.isLocal()).map(ProcessIdentity::host),
                process.path().toString(),
                files.files(),
                files.more());
    }

    private static String command(Monitored monitored, SideFolder folder, String group, String verb) {
        return new ShownCommand(monitored, group, verb)
                .add(folder.run())
                .add(folder.name())
                .toString();
    }
}

package org.experimaestro.web.action;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.BatchTermination;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.action.JobAction;
import org.experimaestro.monitor.action.JobStop;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.monitor.action.NoteAction;
import org.experimaestro.monitor.action.PinAction;
import org.experimaestro.monitor.action.RetryAction;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.NotedAction;
import org.experimaestro.web.api.Selection;
import org.experimaestro.web.api.Subjects;
import org.experimaestro.web.api.WireJson;
import org.experimaestro.web.api.WorkspaceProblem;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.Router;
import org.experimaestro.workspace.JobFolder;

/**
 * The handler of {@code POST /api/1/actions/{action}}. A question with {@code plan: true} changes nothing. Thread-safe.
 *
 * <p>An action is performed for the jobs that its question selects at that time. With the digest of a plan, it is
 * refused if these are not those of the plan; a question with a filter must have one, because what a filter selects
 * changes while a person reads.
 *
 * <p>To pause, to resume and to set are done to a run itself, by a request to its process.
 *
 * <p>To execute, to start and to stop are done to what a run has declared beside its jobs.
 *
 * <p>A retry and a cleaning are noted first, unless the question says otherwise: they are performed some seconds later, if
 * nobody has undone them and their jobs are still those of the plan.
 */
public final class Actions implements Router.PathHandler {
    /** The longest wait for the ends of jobs; a page shows the end of the others when it comes. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Monitored monitored;
    private final BatchTermination batch;
    private final NotedActions noted;
    private final InstantSource clock;
    private final Supplier<Map<String, String>> sideVariables;
    private final Duration killLimit;

    /**
     * Creates the handler.
     *
     * @param monitored the workspace
     * @param batch ends the jobs of batch systems; called by several threads at once
     * @param noted the actions that wait
     * @param sideVariables returns the variables for the processes of actions and services
     */
    public Actions(
            Monitored monitored,
            BatchTermination batch,
            NotedActions noted,
            Supplier<Map<String, String>> sideVariables) {
        this(monitored, batch, noted, sideVariables, KILL_LIMIT);
    }

    /** Creates a handler that waits for another time until jobs have ended. */
    Actions(
            Monitored monitored,
            BatchTermination batch,
            NotedActions noted,
            Supplier<Map<String, String>> sideVariables,
            Duration killLimit) {
        this.sideVariables = sideVariables;
        this.monitored = monitored;
        this.batch = batch;
        this.noted = noted;
        this.clock = monitored::now;
        this.killLimit = killLimit;
    }

    /** Returns whether a request asks for an action that is performed some seconds later. */
    public static boolean isHeld(Request request) {
        if (request.path().isEmpty()) {
            return false;
        }
        try {
            ActionQuestion question = ActionQuestion.parse(request.body());
            return ActionKind.of(request.path().getLast()).isHeld()
                    && !question.plan()
                    && !question.hold().isZero();
        } catch (HttpProblem refused) {
            return false;
        }
    }

    @Override
    public Response handle(Request request, Map<String, String> path) {
        ActionKind kind = ActionKind.of(path.getOrDefault("action", ""));
        try {
            ActionAnswer answer = kind.isBeside()
                    ? new SideActions(monitored, sideVariables).answer(kind, SideQuestion.parse(request.body()))
                    : answer(kind, ActionQuestion.parse(request.body()));
            return Response.json(200, WireJson.of(answer));
        } catch (WorkspaceException | LaunchException refused) {
            boolean isUnreadable = refused instanceof WorkspaceException about && WorkspaceProblem.isUnreadable(about);
            throw new HttpProblem(isUnreadable ? 500 : 409, String.valueOf(refused.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "Cannot " + kind.word() + ": the server stops");
        }
    }

    private ActionAnswer answer(ActionKind kind, ActionQuestion question) throws InterruptedException {
        if (kind == ActionKind.UNDO) {
            return question.noted().isPresent()
                    ? undone(question.noted().get())
                    : new TrashUndo(monitored).answer(question);
        }
        if (kind.isOfRun()) {
            return RunChanges.answer(monitored, kind, question);
        }
        if (kind == ActionKind.NOTE && question.isOfRun()) {
            return RunNote.answer(monitored, question);
        }
        if (kind == ActionKind.NOTE && question.reason().isBlank()) {
            throw HttpProblem.badRequest("Cannot add a note: its text, the member reason, is empty");
        }
        JobsView view = monitored.view();
        List<JobFolder> jobs = jobs(kind, question, view);
        String digest = ActionAnswer.digest(
                kind.word(), jobs.stream().map(job -> subject(kind, job, view)).toList());
        JobAction action = action(kind, question, view);
        if (!question.plan()) {
            requirePlanned(question, digest, jobs.size() + (jobs.size() == 1 ? " job" : " jobs"));
        }
        ActionPlan plan = action.plan(jobs);
        if (question.plan()) {
            return ActionAnswers.ofPlan(plan, view, digest);
        }
        boolean isHeld =
                kind.isHeld() && !question.hold().isZero() && !plan.possible().isEmpty();
        return isHeld ? noted(kind, question, plan, view, digest) : performed(kind, action, plan, digest);
    }

    private ActionAnswer undone(String id) {
        NotedAction action = noted.undo(id);
        String digest = ActionAnswer.digest(ActionKind.UNDO.word(), List.of(id));
        return new ActionAnswer(
                List.of(), List.of(), action.jobs(), 0, 0, 0, true, digest, Optional.empty(), Optional.empty());
    }

    private ActionAnswer noted(
            ActionKind kind, ActionQuestion question, ActionPlan plan, JobsView view, String digest) {
        ActionQuestion later = question.of(digest);
        Set<String> names = plan.possible().stream().map(JobFolder::name).collect(Collectors.toSet());
        NotedAction action = noted.note(monitored, kind, names, question.hold(), () -> {
            monitored.index().refresh(); // the jobs are compared as they are then
            return performedLater(kind, later);
        });
        return ActionAnswers.ofPlan(plan, view, digest).with(action);
    }

    private ActionAnswer performedLater(ActionKind kind, ActionQuestion question) throws InterruptedException {
        try {
            return answer(kind, question);
        } catch (HttpProblem refused) {
            throw refused.status() == 404
                    ? new HttpProblem(
                            409,
                            "The jobs have changed since you looked: some are gone, as if somebody had cleaned them")
                    : refused;
        }
    }

    private ActionAnswer performed(ActionKind kind, JobAction action, ActionPlan plan, String digest)
            throws InterruptedException {
        List<ActionResult> results = new ArrayList<>();
        try {
            action.perform(plan, results::add);
        } finally {
            monitored.changed();
        }
        Optional<String> undo =
                action instanceof CleanAction clean && !plan.possible().isEmpty()
                        ? Optional.of(clean.entryName())
                        : Optional.empty();
        return ActionAnswers.ofResults(monitored.view(), kind, plan, results, digest, killLimit, undo);
    }

    /** Returns what a person has agreed to: the job, and for a cleaning its state, because another result may be there by now. */
    private static String subject(ActionKind kind, JobFolder job, JobsView view) {
        return kind != ActionKind.CLEAN
                ? job.name()
                : view.find(job.name())
                        .map(found -> job.name() + " " + found.state() + " "
                                + found.status().lastAttempt().orElse(0))
                        .orElse(job.name());
    }

    /** Requires that a question is about what its plan was about. */
    static void requirePlanned(ActionQuestion question, String digest, String selected) {
        if (question.planned().isEmpty() && question.isSelecting()) {
            throw HttpProblem.badRequest("Cannot act on the jobs of a filter without a plan: first ask with plan=true,"
                    + " then with the digest of the answer as the member planned");
        }
        if (question.planned().isPresent() && !question.planned().get().equals(digest)) {
            throw new HttpProblem(
                    409, "The jobs have changed since you looked: these are " + selected + " now", "look again");
        }
    }

    private List<JobFolder> jobs(ActionKind kind, ActionQuestion question, JobsView view) {
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        List<String> others = new ArrayList<>(); // which are not whole names
        for (String name : question.jobs()) {
            view.find(name).ifPresentOrElse(job -> jobs.putIfAbsent(job.name(), job.folder()), () -> others.add(name));
        }
        Subjects.jobs(monitored.workspace(), view, others).forEach(job -> jobs.putIfAbsent(job.name(), job));
        if (question.isSelecting()) {
            Query query = new Query(Map.of(
                    "run", question.run().stream().toList(),
                    "q", question.q().stream().toList()));
            Predicate<JobView> isMeant = kind.isFor(view);
            for (JobRow row : Selection.of(monitored, query).rows()) {
                if (isMeant.test(row.job())) {
                    jobs.putIfAbsent(row.job().name(), row.job().folder());
                }
            }
        }
        if (question.entry().isPresent()) {
            throw HttpProblem.badRequest("Cannot " + kind.word() + " an entry of the trash: it can only be undone");
        }
        return List.copyOf(jobs.values());
    }

    private JobAction action(ActionKind kind, ActionQuestion question, JobsView view) {
        return switch (kind) {
            case KILL -> new KillAction(JobStop.Signal.TERM, killLimit, batch, view);
            case RETRY -> new RetryAction(monitored.workspace(), view);
            case CLEAN -> new CleanAction(monitored.workspace(), monitored.index(), "clean, from the web page", clock);
            case PIN -> PinAction.pin(question.reason(), clock);
            case UNPIN -> PinAction.unpin();
            case NOTE -> new NoteAction(question.reason(), clock);
            case UNDO, PAUSE, RESUME, SET, EXECUTE, START, STOP ->
                throw new IllegalArgumentException(kind + " is no action on jobs");
        };
    }
}

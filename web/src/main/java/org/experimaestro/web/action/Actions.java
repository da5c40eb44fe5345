package org.experimaestro.web.action;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.Selection;
import org.experimaestro.web.api.WireJson;
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
 */
public final class Actions implements Router.PathHandler {
    /** The longest wait for the ends of jobs; a page shows the end of the others when it comes. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Monitored monitored;
    private final BatchTermination batch;
    private final InstantSource clock;
    private final Duration killLimit;

    /**
     * Creates the handler.
     *
     * @param monitored the workspace
     * @param batch ends the jobs of batch systems; called by several threads at once
     */
    public Actions(Monitored monitored, BatchTermination batch) {
        this(monitored, batch, KILL_LIMIT);
    }

    /** Creates a handler that waits for another time until jobs have ended. */
    Actions(Monitored monitored, BatchTermination batch, Duration killLimit) {
        this.monitored = monitored;
        this.batch = batch;
        this.clock = monitored::now;
        this.killLimit = killLimit;
    }

    @Override
    public Response handle(Request request, Map<String, String> path) {
        ActionKind kind = ActionKind.of(path.getOrDefault("action", ""));
        ActionQuestion question = ActionQuestion.parse(request.body());
        try {
            return Response.json(200, WireJson.of(answer(kind, question)));
        } catch (WorkspaceException | LaunchException refused) {
            throw new HttpProblem(409, String.valueOf(refused.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "Cannot " + kind.word() + ": the server stops");
        } finally {
            if (!question.plan()) {
                monitored.acted();
                monitored.index().refresh();
            }
        }
    }

    private ActionAnswer answer(ActionKind kind, ActionQuestion question) throws InterruptedException {
        if (kind == ActionKind.UNDO) {
            return new TrashUndo(monitored).answer(question);
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
        ActionPlan plan = question.plan() ? action.plan(jobs) : planned(action, jobs, question, digest);
        if (question.plan()) {
            return planAnswer(plan, view, digest);
        }
        List<ActionResult> results = new ArrayList<>();
        action.perform(plan, results::add);
        Optional<String> undo =
                action instanceof CleanAction clean && !plan.possible().isEmpty()
                        ? Optional.of(clean.entryName())
                        : Optional.empty();
        monitored.index().refresh();
        return resultAnswer(kind, plan, results, digest, undo);
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

    private static ActionPlan planned(JobAction action, List<JobFolder> jobs, ActionQuestion question, String digest)
            throws InterruptedException {
        requirePlanned(question, digest, jobs.size() + (jobs.size() == 1 ? " job" : " jobs"));
        return action.plan(jobs);
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
        for (String name : question.jobs()) {
            JobFolder job = view.find(name)
                    .map(JobView::folder)
                    .orElseGet(() -> JobSearch.find(monitored.workspace(), view, name));
            jobs.putIfAbsent(job.name(), job);
        }
        if (question.isSelecting()) {
            Query query = new Query(Map.of(
                    "run", question.run().stream().toList(),
                    "q", question.q().stream().toList()));
            for (JobRow row : Selection.of(monitored, query).rows()) {
                if (kind.isFor(row.job().status())) {
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
            case KILL -> new KillAction(JobStop.Signal.TERM, killLimit, batch);
            case RETRY -> new RetryAction(monitored.workspace(), view);
            case CLEAN -> new CleanAction(monitored.workspace(), monitored.index(), "clean, from the web page", clock);
            case PIN -> PinAction.pin(question.reason(), clock);
            case UNPIN -> PinAction.unpin();
            case NOTE -> new NoteAction(question.reason(), clock);
            case UNDO -> throw new IllegalArgumentException("undo is no action on jobs");
        };
    }

    private static ActionAnswer planAnswer(ActionPlan plan, JobsView view, String digest) {
        List<ActionAnswer.Possible> possible = new ArrayList<>();
        List<ActionAnswer.Impossible> impossible = new ArrayList<>();
        for (ActionPlan.Step step : plan.steps()) {
            switch (step) {
                case ActionPlan.Possible can ->
                    possible.add(new ActionAnswer.Possible(
                            Links.of(view, can.job()),
                            can.description(),
                            can.dependents().size()));
                case ActionPlan.Impossible cannot ->
                    impossible.add(Links.impossible(view, cannot.job(), cannot.reason()));
            }
        }
        return new ActionAnswer(
                possible,
                impossible,
                possible.size(),
                impossible.size(),
                bytes(plan),
                dependents(plan).size(),
                false,
                digest,
                Optional.empty());
    }

    private ActionAnswer resultAnswer(
            ActionKind kind, ActionPlan plan, List<ActionResult> results, String digest, Optional<String> undo) {
        JobsView view = monitored.view();
        List<ActionAnswer.Possible> performed = new ArrayList<>();
        List<ActionAnswer.Impossible> refused = new ArrayList<>();
        for (ActionResult result : results) {
            if (result instanceof ActionResult.Refused refusal) {
                refused.add(Links.impossible(view, refusal.job(), refusal.reason()));
            } else {
                performed.add(new ActionAnswer.Possible(
                        Links.of(view, result.job()), ResultTexts.of(kind, result, killLimit), 0));
            }
        }
        return new ActionAnswer(
                performed,
                refused,
                performed.size(),
                refused.size(),
                bytes(plan),
                dependents(plan).size(),
                true,
                digest,
                undo);
    }

    private static long bytes(ActionPlan plan) {
        return possible(plan).stream().mapToLong(ActionPlan.Possible::bytes).sum();
    }

    private static Set<String> dependents(ActionPlan plan) {
        Set<String> names = new HashSet<>();
        possible(plan).forEach(step -> names.addAll(step.dependents()));
        return names;
    }

    private static Collection<ActionPlan.Possible> possible(ActionPlan plan) {
        return plan.steps().stream()
                .filter(ActionPlan.Possible.class::isInstance)
                .map(ActionPlan.Possible.class::cast)
                .toList();
    }
}

package org.experimaestro.web.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.action.JobAction;
import org.experimaestro.monitor.action.JobStop;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.monitor.action.PinAction;
import org.experimaestro.monitor.action.RetryAction;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobStatus;

/** The actions that can be done with a job, and the reasons why others cannot. */
final class ActionOffers {
    private static final String NO_FILES = "it has no files";

    private final Monitored monitored;
    private final JobView job;

    /**
     * Creates the offers.
     *
     * @param monitored the workspace
     * @param job the job
     */
    ActionOffers(Monitored monitored, JobView job) {
        this.monitored = monitored;
        this.job = job;
    }

    /**
     * An action.
     *
     * @param action its name
     * @param possible whether it can be done now
     * @param reason the reason why it cannot
     * @param command the command that does the same
     */
    record ActionOffer(String action, boolean possible, Optional<String> reason, String command) {}

    List<ActionOffer> all() {
        List<ActionOffer> offers = new ArrayList<>();
        offers.add(kill());
        offers.add(
                job.hasFailed()
                        ? of("retry", new RetryAction(monitored.workspace(), monitored.view()))
                        : offer(
                                "retry",
                                Optional.of(
                                        job.isTriedAgain()
                                                ? "a run that goes on tries it again already"
                                                : "it has not failed")));
        offers.add(offer("clean", clean()));
        boolean isPinned = job.pin().isPresent();
        offers.add(
                isPinned
                        ? of("unpin", PinAction.unpin())
                        : job.status() instanceof JobStatus.New
                                ? offer("pin", Optional.of(NO_FILES))
                                : of("pin", PinAction.pin("", monitored::now)));
        return offers;
    }

    private ActionOffer kill() {
        return job.status().isActive() || job.isTriedAgain()
                ? of(
                        "kill",
                        new KillAction(
                                JobStop.Signal.TERM,
                                Duration.ZERO,
                                (folder, batchJob, limit) -> folder.status(),
                                monitored.view()))
                : offer("kill", Optional.of("it is " + job.state().name().toLowerCase(Locale.ROOT)));
    }

    private Optional<String> clean() {
        JobsView view = monitored.view();
        return job.status() instanceof JobStatus.New
                ? Optional.of(NO_FILES)
                : CleanAction.findRefusal(view, monitored.uses(view), job.folder())
                        .map(refused -> String.valueOf(refused.getMessage()));
    }

    private ActionOffer of(String action, JobAction planner) {
        try {
            ActionPlan.Step step = planner.plan(List.of(job.folder())).steps().getFirst();
            return offer(
                    action,
                    step instanceof ActionPlan.Impossible impossible
                            ? Optional.of(String.valueOf(impossible.reason().getMessage()))
                            : Optional.empty());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return offer(action, Optional.of("the server stops"));
        }
    }

    private ActionOffer offer(String action, Optional<String> reason) {
        Optional<String> refused = monitored.readOnly() ? Optional.of("the page is read-only") : reason;
        return new ActionOffer(
                action,
                refused.isEmpty(),
                refused,
                new ShownCommand(monitored, "jobs", action).add(job.name()).toString());
    }
}

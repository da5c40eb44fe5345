package org.experimaestro.web.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.view.JobsView;

/** The answers to questions for actions on jobs: what a plan foresees, and what an action has done. */
final class ActionAnswers {
    private ActionAnswers() {}

    /** Returns the effects that a plan foresees. */
    static ActionAnswer ofPlan(ActionPlan plan, JobsView view, String digest) {
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
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the effects that an action had.
     *
     * @param view the jobs as they are now
     * @param kind the action
     * @param plan its plan
     * @param results its results
     * @param killLimit the time that was waited for ends
     * @param undo the entry of the trash that has what was cleaned
     */
    static ActionAnswer ofResults(
            JobsView view,
            ActionKind kind,
            ActionPlan plan,
            List<ActionResult> results,
            String digest,
            Duration killLimit,
            Optional<String> undo) {
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
                undo,
                Optional.empty());
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

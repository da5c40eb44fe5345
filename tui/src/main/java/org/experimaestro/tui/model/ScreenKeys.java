package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.keys.Intent;
import org.experimaestro.tui.wire.WireJobs;

/** The effects of keys on screens. */
final class ScreenKeys {
    private static final int FAR = Integer.MAX_VALUE / 2;
    private static final String ERRORS = "\\b(ERROR|FATAL|SEVERE)\\b|Exception|Traceback|Error:|error:";
    private static final List<String> FIELDS = List.of(
            "state", "type", "id", "host", "launcher", "attempt", "error", "age", "time", "cpu", "gc", "memory");
    private static final List<String> SCREENS = List.of("jobs", "keys", "quit", "run", "runs", "table");

    private ScreenKeys() {}

    static List<Effect> press(Model model, Intent intent) {
        Answers answers = model.answers();
        Place place = model.place();
        switch (intent) {
            case DOWN -> place.move(answers, 1);
            case UP -> up(model, 1);
            case PAGE_DOWN -> place.move(answers, page(model));
            case PAGE_UP -> up(model, page(model));
            case FIRST -> first(model);
            case LAST -> last(model);
            case OPEN -> {
                if (place instanceof BesidePlace beside) {
                    return BesideKeys.open(model, beside);
                }
                open(model);
            }
            case BACK -> model.back();
            case LEFT, RIGHT -> aside(model, intent == Intent.RIGHT);
            case GO_RUN, GO_JOBS, GO_TABLE, GO_RUNS -> go(model, intent);
            case GO_TO -> prompt(model, Overlay.Kind.GO_TO, "", places(model));
            case HELP -> model.show(new Overlay.Help(0));
            case PAUSE -> model.pause(!model.isPaused());
            case QUIT -> model.leave();
            case CLEAR -> clear(model);
            case RETRY -> {
                return ActionSteps.begin(model, "retry");
            }
            case KILL -> {
                if (place instanceof BesidePlace beside) {
                    return BesideKeys.stop(model, beside);
                }
                return ActionSteps.begin(model, "kill");
            }
            case CLEAN -> {
                return ActionSteps.begin(model, "clean");
            }
            case UNDO -> {
                return ActionSteps.undo(model);
            }
            case COPY -> {
                return copy(model);
            }
            case PLAIN -> {
                return List.of(new Effect.PrintPlain());
            }
            case REDRAW -> {
                return List.of(new Effect.RedrawAll());
            }
            case MOUSE -> {
                boolean isWanted = model.switchMouse();
                model.notice(
                        isWanted
                                ? "A click moves the cursor, a second one opens. Shift selects text, m ends this."
                                : "The mouse selects text again.",
                        false);
                return List.of(new Effect.UseMouse(isWanted));
            }
            case SUSPEND -> {
                return List.of(new Effect.SuspendView());
            }
            default -> {
                return ofScreen(model, intent);
            }
        }
        return List.of();
    }

    private static List<Effect> ofScreen(Model model, Intent intent) {
        return switch (model.place()) {
            case JobsPlace list -> ofJobs(model, list, intent);
            case JobPlace job -> ofJob(model, job, intent);
            case RunPlace run -> ofRun(model, run, intent);
            case RunsPlace _, BesidePlace _, ComparePlace _, TablePlace _ -> List.of();
        };
    }

    private static List<Effect> ofRun(Model model, RunPlace run, Intent intent) {
        switch (intent) {
            case PAUSE_RUN -> {
                return ActionSteps.begin(run, run.isPaused(model.answers()) ? "resume" : "pause", Map.of());
            }
            case BESIDE ->
                run.run()
                        .ifPresent(name ->
                                model.go(new BesidePlace(name, model.sshHost().isPresent())));
            case JOBS_HERE -> prompt(model, Overlay.Kind.JOBS_HERE, run.jobsHere(model.answers()), List.of());
            default -> filter(model, new JobsPlace(JobsSelection.of(run.run(), "")), intent == Intent.FAILED_ONLY);
        }
        return List.of();
    }

    /** Opens the jobs, to show failed ones or to type a filter. */
    private static void filter(Model model, JobsPlace list, boolean isFailedOnly) {
        if (isFailedOnly) {
            list.select(list.selection().filter("state=failed"));
        }
        model.go(list);
        if (!isFailedOnly) {
            prompt(model, Overlay.Kind.FILTER, "", FIELDS);
        }
    }

    private static List<Effect> ofJobs(Model model, JobsPlace list, Intent intent) {
        Answers answers = model.answers();
        switch (intent) {
            case FOLD -> list.toggle(answers);
            case SELECT -> {
                list.toggleSelected(answers);
                list.move(answers, 1);
            }
            case SELECT_RANGE -> list.selectRange(answers);
            case SELECT_ALL -> list.selectAll();
            case FILTER -> prompt(model, Overlay.Kind.FILTER, list.selection().filter(), names(list));
            case FAILED_ONLY -> failedOnly(list);
            case KEEP_VALUE -> list.group().ifPresent(group -> choose(list, group.filter()));
            case DROP_VALUE -> list.group().ifPresent(group -> choose(list, but(list, group)));
            case GROUP -> prompt(model, Overlay.Kind.GROUP, by(list), names(list));
            case SORT -> prompt(model, Overlay.Kind.SORT, list.selection().sort(), names(list));
            case COMPARE -> compare(model, list);
            default -> {
                return List.of();
            }
        }
        return List.of();
    }

    private static void failedOnly(JobsPlace list) {
        String failed = "state=failed";
        String filter = list.selection().filter();
        if (filter.equals(failed)) {
            choose(list, "");
        } else if (filter.endsWith(" and " + failed)) {
            choose(list, filter.substring(0, filter.length() - failed.length() - " and ".length()));
        } else {
            choose(list, filter.isEmpty() ? failed : bracketed(filter) + " and " + failed);
        }
    }

    private static String but(JobsPlace list, WireJobs.Group group) {
        String filter = list.selection().filter();
        return (filter.isEmpty() ? "" : bracketed(filter) + " and ") + "not (" + group.filter() + ")";
    }

    private static String bracketed(String filter) {
        return filter.contains(" or ") ? "(" + filter + ")" : filter;
    }

    private static void choose(JobsPlace list, String filter) {
        list.select(list.selection().filter(filter));
    }

    private static String by(JobsPlace list) {
        return String.join(",", list.shown().map(WireJobs::by).orElse(List.of()));
    }

    private static List<String> names(JobsPlace list) {
        List<String> names = new ArrayList<>(FIELDS);
        list.shown().ifPresent(answer -> names.addAll(answer.columns()));
        return names;
    }

    private static List<String> places(Model model) {
        List<String> names = new ArrayList<>(SCREENS);
        names.addAll(PromptKeys.experiments(model));
        return names;
    }

    private static void compare(Model model, JobsPlace list) {
        List<String> jobs = list.selectedJobs();
        if (jobs.size() < 2) {
            model.notice("Select two jobs or more to compare them: x selects.", false);
        } else {
            model.go(new ComparePlace(jobs));
        }
    }

    private static List<Effect> ofJob(Model model, JobPlace job, Intent intent) {
        switch (intent) {
            case FOLLOW -> job.follow();
            case STREAM -> job.switchStream();
            case ATTEMPT -> job.switchAttempt(model.answers());
            case WRAP -> job.switchWrap();
            case DETAILS -> job.switchDetails();
            case FILTER -> prompt(model, Overlay.Kind.SEARCH, "", List.of());
            case FIRST_ERROR -> {
                return List.of(job.search(ERRORS, true));
            }
            case NEXT_MATCH, PREVIOUS_MATCH -> {
                if (!job.goToMatch(intent == Intent.NEXT_MATCH ? 1 : -1)) {
                    model.notice("Nothing is searched for: / begins a search.", false);
                }
            }
            case NEXT, PREVIOUS -> neighbour(model, intent == Intent.NEXT ? 1 : -1);
            default -> {
                return List.of();
            }
        }
        return List.of();
    }

    /** Opens the job before or behind in the list that the job was opened from. */
    private static void neighbour(Model model, int delta) {
        if (!(model.below().orElse(null) instanceof JobsPlace list)) {
            model.notice("This job was not opened from a list.", false);
            return;
        }
        int before;
        do {
            before = list.cursor();
            list.move(model.answers(), delta);
        } while (list.cursor() != before && list.rowAtCursor(model.answers()).isEmpty());
        Optional<Place> next = list.open(model.answers());
        if (next.isPresent() && list.cursor() != before) {
            model.replace(next.get());
        } else {
            model.notice("This is the " + (delta > 0 ? "last" : "first") + " job of the list.", false);
        }
    }

    private static int page(Model model) {
        return Math.max(1, model.size().rows() - JobsPlace.CHROME - 1);
    }

    private static void up(Model model, int lines) {
        if (model.place() instanceof JobPlace job) {
            job.leaveEnd(page(model) + 1);
        }
        model.place().move(model.answers(), -lines);
    }

    private static void first(Model model) {
        if (model.place() instanceof JobPlace job) {
            job.goToBeginning();
        } else {
            model.place().move(model.answers(), -FAR);
        }
    }

    private static void last(Model model) {
        if (model.place() instanceof JobPlace job && !job.isDetailed()) {
            job.follow();
        } else {
            model.place().move(model.answers(), FAR);
        }
    }

    private static void open(Model model) {
        if (model.place() instanceof JobsPlace list
                && list.rowAtCursor(model.answers()).isEmpty()) {
            list.toggle(model.answers());
        } else {
            model.place().open(model.answers()).ifPresent(model::go);
        }
    }

    private static void aside(Model model, boolean isRight) {
        switch (model.place()) {
            case JobsPlace list -> list.fold(model.answers(), isRight);
            case TablePlace table -> table.moveAcross(model.answers(), isRight ? 1 : -1);
            case RunsPlace runs -> {
                if (isRight) {
                    runs.unfold(model.answers()).ifPresent(model::go);
                } else {
                    model.back();
                }
            }
            case RunPlace _, BesidePlace _, JobPlace _, ComparePlace _ -> {}
        }
    }

    private static void go(Model model, Intent intent) {
        Optional<String> run = model.lastRun().isEmpty() ? Optional.empty() : Optional.of(model.lastRun());
        switch (intent) {
            case GO_RUN ->
                run.ifPresentOrElse(
                        name -> model.go(new RunPlace(name)), () -> model.go(new RunsPlace(Optional.empty())));
            case GO_JOBS -> model.go(new JobsPlace(JobsSelection.of(run, "")));
            case GO_TABLE ->
                model.go(new TablePlace(
                        run,
                        model.place() instanceof JobsPlace list
                                ? list.selection().filter()
                                : ""));
            default -> model.go(new RunsPlace(Optional.empty()));
        }
    }

    private static void clear(Model model) {
        boolean wasSomething = switch (model.place()) {
            case JobsPlace list -> list.clearSelected();
            case JobPlace job -> job.clearSearch();
            case RunsPlace _, RunPlace _, BesidePlace _, ComparePlace _, TablePlace _ -> false;
        };
        if (!wasSomething && model.place() instanceof JobsPlace list) {
            choose(list, "");
        }
    }

    private static List<Effect> copy(Model model) {
        return model.place()
                .copied(model.answers())
                .map(text -> {
                    model.notice("Copied " + text.replace('\n', ' '), false);
                    return List.<Effect>of(new Effect.CopyText(text));
                })
                .orElse(List.of());
    }

    private static void prompt(Model model, Overlay.Kind kind, String text, List<String> words) {
        model.show(new Overlay.Prompt(kind, TextField.of(text), text, words));
    }
}

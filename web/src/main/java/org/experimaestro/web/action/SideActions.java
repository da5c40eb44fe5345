package org.experimaestro.web.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.experimaestro.LaunchException;
import org.experimaestro.monitor.side.SideStart;
import org.experimaestro.monitor.side.SideStop;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.Selection;
import org.experimaestro.web.api.SideSubject;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;

/**
 * Executions of actions, and starts and stops of services, as {@code experimaestro actions} and {@code services} do them. A
 * start does not wait until the service is ready: whoever looks at the run sees that.
 */
final class SideActions {
    /** The time that a process has to end; a page shows the end when it comes later. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Held by the one execution or start of this process that goes on. An object of this class is made for each request. */
    private static final ReentrantLock ONE_START = new ReentrantLock();

    private final Monitored monitored;
    private final Supplier<Map<String, String>> variables;

    SideActions(Monitored monitored, Supplier<Map<String, String>> variables) {
        this.monitored = monitored;
        this.variables = variables;
    }

    /** The effect of an action as a sentence, and what performs it. */
    private record Planned(String effect, Performance performance) {}

    /** Performs an action, and returns its effect as a sentence. */
    private interface Performance {
        String perform() throws InterruptedException;
    }

    /**
     * Plans or performs. One after the other, so that the second one of two equal confirmations sees what the first has done.
     *
     * @throws LaunchException if it cannot be done now, or an answer is wrong
     * @throws org.experimaestro.WorkspaceException if files cannot be read, or a process cannot be started
     */
    ActionAnswer answer(ActionKind kind, SideQuestion question) throws InterruptedException {
        if (question.plan() || kind == ActionKind.STOP) {
            return answerNow(kind, question);
        }
        ONE_START.lockInterruptibly();
        try {
            return answerNow(kind, question);
        } finally {
            ONE_START.unlock();
        }
    }

    private ActionAnswer answerNow(ActionKind kind, SideQuestion question) throws InterruptedException {
        RunView run = Selection.of(monitored, new Query(Map.of("run", List.of(question.run()))))
                .run()
                .orElseThrow();
        SideFolder folder = SideSubject.find(run, question.kind(), question.name());
        requireFitting(kind, question, folder);
        Planned planned = switch (kind) {
            case EXECUTE -> execution(folder, question);
            case START -> start(folder, question);
            default -> stop(folder);
        };
        // With the number of the last process, because a confirmation is for one execution or start.
        String last = folder.last().map(SideProcess::toString).orElse("none");
        String digest = ActionAnswer.digest(kind.word(), List.of(folder.toString(), last, planned.effect()));
        if (question.plan()) {
            return ActionAnswer.ofEffect(planned.effect(), digest, false);
        }
        if (question.planned().filter(shown -> !shown.equals(digest)).isPresent()) {
            throw new HttpProblem(
                    409, "The " + folder + " has changed since you looked: " + planned.effect(), "look again");
        }
        try {
            return ActionAnswer.ofEffect(planned.performance().perform(), digest, true);
        } finally {
            monitored.changed();
        }
    }

    private static void requireFitting(ActionKind kind, SideQuestion question, SideFolder folder) {
        boolean isAction = question.kind() == SideKind.ACTION;
        if (kind == ActionKind.EXECUTE && !isAction || kind == ActionKind.START && isAction) {
            throw HttpProblem.badRequest("Cannot " + kind.word() + " the " + folder
                    + ": an action is executed, and a service" + " is started");
        }
        List<String> idle = new ArrayList<>();
        if (kind != ActionKind.EXECUTE && !question.answers().isEmpty()) {
            idle.add("answers");
        }
        if (kind != ActionKind.START && question.port().isPresent()) {
            idle.add("port");
        }
        if (kind != ActionKind.START && question.hasEnded()) {
            idle.add("hasEnded");
        }
        if (!idle.isEmpty()) {
            throw HttpProblem.badRequest("Cannot " + kind.word() + " the " + folder + ": the question has "
                    + String.join(" and ", idle) + ", which do not belong to it");
        }
    }

    private Planned execution(SideFolder action, SideQuestion question) {
        Map<String, List<String>> answers = SideStart.check(action, question.answers());
        String with = answers.entrySet().stream()
                .map(answer -> answer.getKey() + "=" + String.join(",", answer.getValue()))
                .collect(Collectors.joining(" "));
        return new Planned(
                "executes " + action.name() + " on " + Monitored.host() + ", with the code of the run"
                        + (with.isEmpty() ? "" : " and " + with),
                () -> {
                    SideProcess process = SideStart.execute(action, answers, variables.get());
                    return "execution " + process.number() + " of " + action.name() + " has begun";
                });
    }

    private Planned start(SideFolder service, SideQuestion question) {
        Optional<SideStatus> last = service.last().map(SideProcess::status);
        State state = last.map(SideStatus::state).orElse(State.STOPPED);
        if (state == State.RUNNING || state == State.STARTING) {
            throw LaunchException.of("Cannot start the " + service + ": it is " + state.word() + " already")
                    .build();
        }
        String elsewhere = "";
        if (state == State.ELSEWHERE) {
            String process =
                    last.flatMap(SideStatus::process).map(Object::toString).orElse("a process of another host");
            if (!question.hasEnded()) {
                throw LaunchException.of("Cannot start the " + service + ": it seems to run as " + process)
                        .advice("stop it there; or, once you know that it has ended, say so with hasEnded")
                        .build();
            }
            elsewhere = "; " + process + " counts as ended, which you know";
        }
        String at = question.port().isPresent() ? " at port " + question.port().getAsInt() : "";
        return new Planned("starts " + service.name() + " on " + Monitored.host() + at + elsewhere, () -> {
            SideProcess process = SideStart.start(service, question.port(), variables.get(), question.hasEnded());
            return service.name() + " is " + process.status().state().word();
        });
    }

    private static Planned stop(SideFolder folder) {
        SideProcess last = folder.last()
                .filter(process -> process.status().isActive())
                .orElseThrow(() -> LaunchException.of("Cannot stop the " + folder + ": it does not run")
                        .build());
        String what = folder.kind() == SideKind.ACTION ? "execution " + last.number() + " of " : "";
        return new Planned("stops " + what + folder.name() + " with all processes that it has started", () -> {
            SideStatus end = new SideStop(last).stop(STOP_LIMIT);
            return what + folder.name() + (end.isActive() ? " still runs" : " has " + ended(end.state()));
        });
    }

    private static String ended(State state) {
        return switch (state) {
            case STOPPED -> "been stopped";
            case DONE -> "ended before it could be stopped";
            default -> state.word();
        };
    }
}

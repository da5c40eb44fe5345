package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireBeside;
import org.experimaestro.tui.wire.WireRun;

/** The overview of a run: how far its types are, what has failed and why, what runs, and why the rest waits. */
public final class RunPlace implements Place {
    private final String name;
    private final ListCursor cursor = new ListCursor();

    /**
     * Creates the place.
     *
     * @param name the run, {@code EXPERIMENT/RUN}
     */
    public RunPlace(String name) {
        this.name = name;
    }

    /**
     * A line that the cursor can stand on.
     *
     * @param id the name of the line
     * @param filter the filter that selects its jobs
     * @param job the job, where the line is one
     */
    record Target(String id, String filter, Optional<String> job) {}

    @Override
    public KeyScope scope() {
        return KeyScope.RUN;
    }

    /** Returns the question about the run. */
    public ViewQuestion<WireRun> question() {
        return Questions.run(name);
    }

    @Override
    public List<ViewQuestion<?>> questions(Answers answers, ScreenSize size) {
        return List.of(question(), beside());
    }

    /** Returns the question about its actions and services. */
    public ViewQuestion<WireBeside> beside() {
        return Questions.beside(name);
    }

    /** Returns whether the run is known to start no jobs until it is resumed. */
    boolean isPaused(Answers answers) {
        return answers.find(question()).flatMap(answer -> answer.run().paused()).isPresent();
    }

    /** Returns how many jobs the run has at once at most; an empty text if that is not known. */
    String jobsHere(Answers answers) {
        return answers.find(question())
                .map(WireRun::jobsHere)
                .filter(OptionalInt::isPresent)
                .map(jobs -> Integer.toString(jobs.getAsInt()))
                .orElse("");
    }

    /** Returns the members of a question for an action on the run itself. */
    Map<String, Object> members() {
        return Map.of("run", name);
    }

    private List<Target> targets(Answers answers) {
        List<Target> targets = new ArrayList<>();
        answers.find(question()).ifPresent(run -> {
            run.types()
                    .forEach(type ->
                            targets.add(new Target(typeId(type), "type=" + quoted(type.type()), Optional.empty())));
            run.failures()
                    .forEach(cause -> targets.add(new Target(failureId(cause), cause.filter(), Optional.empty())));
            run.running().forEach(active -> targets.add(new Target(runningId(active), "", Optional.of(active.job()))));
            run.waiting().forEach(cause -> targets.add(new Target(waitingId(cause), cause.filter(), Optional.empty())));
        });
        return targets;
    }

    private static String quoted(String text) {
        return text.matches("[\\w.-]+") ? text : "\"" + text.replace("\"", "") + "\"";
    }

    /** Returns the name of the line of a type. */
    public static String typeId(WireRun.TypeLine type) {
        return "type " + type.type();
    }

    /** Returns the name of the line of a cause of failures. */
    public static String failureId(WireRun.Cause cause) {
        return "failure " + cause.type() + " " + cause.subject();
    }

    /** Returns the name of the line of a job that runs. */
    public static String runningId(WireRun.Active active) {
        return "running " + active.job();
    }

    /** Returns the name of the line of a reason to wait. */
    public static String waitingId(WireRun.Cause cause) {
        return "waiting " + cause.type() + " " + cause.subject();
    }

    private Optional<Target> target(Answers answers) {
        List<Target> targets = targets(answers);
        return targets.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        targets.get(cursor.in(targets.stream().map(Target::id).toList())));
    }

    /**
     * Returns the line of the cursor.
     *
     * @param answers the answers that are known
     * @return its name; empty before the answer came
     */
    public String cursor(Answers answers) {
        return target(answers).map(Target::id).orElse("");
    }

    @Override
    public void move(Answers answers, int delta) {
        cursor.move(targets(answers).stream().map(Target::id).toList(), delta);
    }

    @Override
    public Optional<Place> open(Answers answers) {
        return target(answers)
                .map(target -> target.job()
                        .<Place>map(JobPlace::new)
                        .orElseGet(() -> new JobsPlace(JobsSelection.of(Optional.of(name), target.filter()))));
    }

    @Override
    public Optional<String> run() {
        return Optional.of(name);
    }

    @Override
    public Optional<ActionSubject> subject(Answers answers) {
        return target(answers)
                .map(target -> target.job()
                        .map(job -> ActionSubject.of(List.of(job)))
                        .orElseGet(() -> ActionSubject.of(Optional.of(name), target.filter())));
    }

    @Override
    public Optional<String> copied(Answers answers) {
        return target(answers)
                .flatMap(Target::job)
                .or(() -> answers.find(question()).map(WireRun::command));
    }
}

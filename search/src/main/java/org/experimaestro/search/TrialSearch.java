package org.experimaestro.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.RandomStream;
import org.experimaestro.Search;
import org.experimaestro.Space;
import org.experimaestro.Trial;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.search.Sampler.Answer;

/**
 * A search that asks a sampler for points, and leaves out those that it has asked for, or that do not meet the conditions.
 * Thread-safe.
 */
final class TrialSearch<T extends Record> implements Search<T> {
    /** The most points of a space that are listed, so that the search ends when all were asked. */
    private static final int LISTED = 10_000;

    /** The draws for one trial, after which the rest of a listed space is looked at. */
    private static final int DRAWS_OF_LISTED = 100;

    /** The draws for one trial, after which the conditions of another space are taken to have no more points. */
    private static final int DRAWS = 10_000;

    private final Space<T> space;
    private final PointMaker<T> points;
    private final Sampler sampler;
    private final Best best;
    private final long seed;

    /** The positions of all points that meet the conditions; empty if there are too many to be listed. */
    private final Optional<List<double[]>> listed;

    private final List<AskedTrial<T>> trials = new ArrayList<>();
    private final Set<T> asked = new HashSet<>();
    private long draws;

    TrialSearch(Space<T> space, PointMaker<T> points, Sampler sampler, Best best, long seed) {
        this.space = space;
        this.points = points;
        this.sampler = sampler;
        this.best = best;
        this.seed = seed;
        this.listed = points.count() <= LISTED ? Optional.of(list(space, points)) : Optional.empty();
    }

    private static <T extends Record> List<double[]> list(Space<T> space, PointMaker<T> points) {
        Set<T> seen = new HashSet<>(); // choices may have equal values
        return points.all().stream()
                .filter(each -> {
                    T value = points.make(each);
                    return space.contains(value) && seen.add(value);
                })
                .toList();
    }

    @Override
    public synchronized boolean hasNext() {
        return !isExhausted() && unanswered().isEmpty();
    }

    private boolean isExhausted() {
        return listed.isPresent() && asked.size() >= listed.get().size();
    }

    /** Returns a trial without whose answer the next one cannot be chosen. */
    private Optional<AskedTrial<T>> unanswered() {
        if (!sampler.usesAnswers(trials.size())) {
            return Optional.empty();
        }
        return trials.stream()
                .filter(trial -> trial.state() == Trial.State.NOT_RUN)
                .findFirst();
    }

    @Override
    public synchronized Trial<T> ask() {
        checkNext();
        List<Answer> former = trials.stream().map(this::answer).toList();
        int most = listed.isPresent() ? DRAWS_OF_LISTED : DRAWS;
        for (int i = 0; i < most; i++) {
            double[] positions = points.settle(sampler.draw(draws++, former));
            T value = points.make(positions);
            if (!asked.contains(value) && space.contains(value)) {
                return trial(positions, value);
            }
        }
        List<double[]> rest = listed
                .orElseThrow(() -> problem(
                        "another trial: " + DRAWS + " draws met no new point that meets the conditions of the space",
                        "make the space larger, or the conditions weaker"))
                .stream()
                .filter(each -> !asked.contains(points.make(each)))
                .toList();
        double[] positions =
                rest.get(RandomStream.of(seed, "search rest " + trials.size()).nextInt(rest.size()));
        return trial(positions, points.make(positions));
    }

    private void checkNext() {
        if (isExhausted()) {
            String why = asked.isEmpty()
                    ? "no point of the space meets its conditions"
                    : "all " + asked.size() + " points of the space were asked";
            throw problem("another trial: " + why, "end the loop when hasNext() is false");
        }
        unanswered().ifPresent(missing -> {
            throw problem(
                    "trial " + trials.size() + ": it depends on the answer to " + missing + ", whose job is not run",
                    "end the loop when hasNext() is false");
        });
    }

    private Trial<T> trial(double[] positions, T value) {
        var trial = new AskedTrial<>(trials.size(), value, positions, points.tags(positions));
        asked.add(value);
        trials.add(trial);
        return trial;
    }

    private Answer answer(AskedTrial<T> trial) {
        double loss = Double.POSITIVE_INFINITY;
        if (trial.state() == Trial.State.DONE) {
            double value = trial.answer().orElseThrow();
            loss = best == Best.LOWEST ? value : -value;
        }
        return new Answer(trial.positions(), loss);
    }

    @Override
    public void tell(Trial<T> trial, double value) {
        end(trial, Double.isNaN(value) ? Trial.State.FAILED : Trial.State.DONE, value);
    }

    @Override
    public void tell(Trial<T> trial, String metric, JobReport... jobs) {
        if (jobs.length == 0) {
            throw problem("the answer to " + trial + ": there is no job with a metric", "give at least one");
        }
        List<Outcome> outcomes = Arrays.stream(jobs).map(JobReport::outcome).toList();
        if (outcomes.contains(Outcome.FAILED)) {
            tellFailed(trial);
        } else if (outcomes.stream().anyMatch(outcome -> outcome != Outcome.DONE)) {
            tellNotRun(trial);
        } else {
            double sum = 0;
            for (JobReport job : jobs) {
                sum += job.metric(metric);
            }
            tell(trial, sum / jobs.length);
        }
    }

    @Override
    public void tellFailed(Trial<T> trial) {
        end(trial, Trial.State.FAILED, Double.NaN);
    }

    @Override
    public void tellNotRun(Trial<T> trial) {
        end(trial, Trial.State.NOT_RUN, Double.NaN);
    }

    private synchronized void end(Trial<T> trial, Trial.State state, double value) {
        for (AskedTrial<T> own : trials) {
            if (own.equals(trial)) {
                if (own.state() != Trial.State.OPEN) {
                    throw problem("the answer to " + own + " twice: it is " + own.state() + " already", "tell it once");
                }
                own.end(state, value);
                return;
            }
        }
        throw problem("the answer to " + trial + ": another search was asked for it", "tell that one");
    }

    @Override
    public synchronized List<Trial<T>> trials() {
        return List.copyOf(trials);
    }

    @Override
    public synchronized Optional<Trial<T>> best() {
        AskedTrial<T> first = null;
        for (AskedTrial<T> trial : trials) {
            if (trial.state() == Trial.State.DONE
                    && (first == null || answer(trial).loss() < answer(first).loss())) {
                first = trial;
            }
        }
        return Optional.ofNullable(first);
    }

    private static PlanException problem(String what, String advice) {
        String verb = what.startsWith("the answer") ? "Cannot tell " : "Cannot ask for ";
        return PlanException.of(verb + what)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }
}

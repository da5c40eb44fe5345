package org.experimaestro.monitor.reason;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.experimaestro.monitor.reason.SharedTrait.Trait;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;

/** Reasons in words, for people. Immutable. */
public final class ReasonPhrases {
    private static final int MOST_JOBS = 3;

    private final DateTimeFormatter time;

    /**
     * Creates the words.
     *
     * @param zone the time zone of the times in them
     */
    public ReasonPhrases(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(zone);
    }

    /**
     * Returns a reason in words.
     *
     * @param reason the reason
     * @return one sentence without its end
     */
    public String of(Reason reason) {
        StringBuilder text = new StringBuilder(reason.subject());
        if (!isNamed(reason)) {
            text.append(", by ").append(names(reason.jobs()));
        }
        reason.expectedStart()
                .ifPresent(start -> text.append(", expected to start at ").append(time.format(start)));
        reason.asOf().ifPresent(then -> text.append(", as of ").append(time.format(then)));
        return text.toString();
    }

    /** Returns whether the subject of a reason names all of its jobs. */
    private static boolean isNamed(Reason reason) {
        return reason.jobs().stream().allMatch(reason.subject()::contains);
    }

    /** Returns the jobs that the words name: a thousand jobs may hold what a hundred thousand wait for. */
    private static List<String> named(Reason reason) {
        List<String> jobs = reason.jobs();
        return isNamed(reason) ? jobs : jobs.subList(0, Math.min(MOST_JOBS, jobs.size()));
    }

    private static String names(List<String> jobs) {
        int more = jobs.size() - MOST_JOBS;
        return String.join(", ", jobs.subList(0, Math.min(MOST_JOBS, jobs.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * Returns the reason of one job in words that are short enough for a line of a list.
     *
     * @param job the job
     * @param reason its reason
     * @param view all jobs, whose short identifiers are used
     * @return a phrase that says first if a job waits, or was skipped
     */
    public String of(JobView job, Reason reason, JobsView view) {
        return start(job, reason) + shortened(of(reason), named(reason), view);
    }

    private static String start(JobView job, Reason reason) {
        if (!job.isUnstarted()) {
            return "";
        }
        if (job.isTriedAgain()) {
            return "waits to be tried again: ";
        }
        return switch (reason.kind()) {
            case DEPENDENCY_FAILED -> "skipped: ";
            case NOT_SUBMITTED, NOT_RUN, LEFT_OUT, DEPENDENCY_DELETED -> "";
            default -> "waits: ";
        };
    }

    /**
     * Returns a reason in words, beside which the jobs that it concerns are shown.
     *
     * @param reason the reason
     * @param view all jobs, whose short identifiers are used
     * @return one sentence without its end, which does not name the jobs at its end
     */
    public String beside(Reason reason, JobsView view) {
        Reason unnamed = new Reason(
                reason.kind(), reason.subject(), List.of(), reason.advice(), reason.expectedStart(), reason.asOf());
        return shortened(of(unnamed), named(reason), view);
    }

    /**
     * Returns a text about a reason with short identifiers, which people tell apart, and commands take.
     *
     * @param text the text, which may have names of jobs
     * @param names these names, {@code type/identifier}
     * @param view all jobs
     * @return the text with the first digits of their identifiers
     */
    public static String shortened(String text, List<String> names, JobsView view) {
        String shortened = text;
        for (String name : names) {
            Optional<JobView> job = view.find(name);
            if (job.isPresent()) {
                shortened = shortened.replace(name, job.get().folder().typeId() + "/" + view.shortId(job.get()));
            }
        }
        return shortened;
    }

    /**
     * Returns a shared trait in words.
     *
     * @param trait the trait
     * @return one sentence without its end
     */
    public static String of(SharedTrait trait) {
        String what = name(trait.first())
                + trait.with().map(second -> " and " + name(second)).orElse("");
        return "all " + trait.failed() + " have " + what + ", as "
                + (trait.isExclusive() ? "none" : trait.others()) + " of the " + trait.allOthers() + " done jobs "
                + (trait.others() == 1 ? "does" : "do");
    }

    private static String name(Trait trait) {
        return switch (trait.kind()) {
            case HOST -> "the host " + trait.value();
            case LAUNCHER -> "the launcher " + trait.value();
            case TAG -> "the tag " + trait.name() + "=" + trait.value();
            case PARAMETER -> "the parameter " + trait.name() + "=" + trait.value();
            case INPUT -> "the input " + trait.value();
        };
    }
}

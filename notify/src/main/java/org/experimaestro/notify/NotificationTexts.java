package org.experimaestro.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.base.text.DurationWords;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.notify.DueNotifications.Due;
import org.experimaestro.notify.RunPicture.Failure;
import org.experimaestro.notify.delivery.Notification;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.workspace.RunFolder;

/** The texts of notifications. They are short, because people read them on a telephone. */
final class NotificationTexts {
    private static final int MOST_GROUPS = 5;
    private static final int MOST_NAMES = 3;
    private static final int LONGEST_MESSAGE = 160;
    private static final int ID_DIGITS = 8;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final RunWatch watch;

    NotificationTexts(RunWatch watch) {
        this.watch = watch;
    }

    /** Makes the notification that is due. */
    Notification of(Due due, String channel, RunPicture picture, Instant now) {
        RunFolder run = watch.run();
        List<Failure> untold = picture.failures()
                .subList(
                        Math.min(due.toldBefore(), picture.failures().size()),
                        picture.failures().size());
        List<String> lines = new ArrayList<>();
        String title = switch (due.event()) {
            case FAILURE -> {
                lines.addAll(failures(untold));
                lines.add(progress(picture));
                lines.add(command("jobs list state=failed --experiment " + ShellWord.of(run.experiment())));
                String more = due.toldBefore() > 0 ? " more" : "";
                yield run.experiment() + ": "
                        + (untold.size() == 1
                                ? (more.isEmpty() ? "a job" : "1 more job") + " has failed"
                                : untold.size() + more + " jobs have failed");
            }
            case END -> {
                lines.add(progress(picture)
                        + picture.began()
                                .filter(_ -> !picture.outcome().equals("died"))
                                .map(began -> " It took " + DurationWords.of(Duration.between(began, now)) + ".")
                                .orElse(""));
                if (picture.outcome().equals("died")) {
                    lines.add("Its process on " + picture.host()
                            + " has ended without a word. Run the same command again to go on.");
                }
                lines.addAll(failures(untold));
                lines.add(command("runs show " + ShellWord.of(run.qualifiedName())));
                yield end(picture, run.experiment());
            }
            case STALL -> {
                lines.add(jobs(picture.running().size())
                        + (picture.running().size() == 1 ? " runs: " : " run: ")
                        + names(picture.running()));
                lines.add("None of them has printed or reported anything since then, and no job has ended.");
                lines.add(progress(picture));
                yield run.experiment() + ": no progress for "
                        + DurationWords.of(Duration.between(watch.lastSign(), now));
            }
        };
        Map<NotificationField, String> fields = fields(picture, run);
        fields.put(NotificationField.EVENT, due.event().word());
        fields.put(NotificationField.TITLE, title);
        fields.put(NotificationField.TEXT, String.join("\n", lines));
        return new Notification(run.qualifiedName() + "/" + due.name() + "." + channel, fields);
    }

    private Map<NotificationField, String> fields(RunPicture picture, RunFolder run) {
        Map<NotificationField, String> fields = new EnumMap<>(NotificationField.class);
        fields.put(NotificationField.EXPERIMENT, run.experiment());
        fields.put(NotificationField.RUN, run.qualifiedName());
        fields.put(NotificationField.OUTCOME, picture.outcome());
        fields.put(NotificationField.JOBS, String.valueOf(picture.jobs()));
        fields.put(NotificationField.DONE, String.valueOf(picture.done()));
        fields.put(NotificationField.FAILED, String.valueOf(picture.failed()));
        fields.put(NotificationField.SKIPPED, String.valueOf(picture.skipped()));
        fields.put(NotificationField.WORKSPACE, watch.workspace().root().toString());
        fields.put(NotificationField.HOST, picture.host());
        return fields;
    }

    private static String end(RunPicture picture, String experiment) {
        return experiment
                + switch (picture.outcome()) {
                    case "done" -> " is done: " + jobs(picture.jobs());
                    case "failed" -> " has failed: " + picture.failed() + " of " + jobs(picture.jobs());
                    case "stopped" -> " was stopped: " + picture.done() + " of " + jobs(picture.jobs()) + " are done";
                    case "died" -> " has died: " + picture.done() + " of " + jobs(picture.jobs()) + " are done";
                    default -> " has ended: " + picture.outcome();
                };
    }

    private static String progress(RunPicture picture) {
        List<String> parts = new ArrayList<>(List.of(picture.done() + " of " + jobs(picture.jobs()) + " done"));
        if (picture.failed() > 0) {
            parts.add(picture.failed() + " failed");
        }
        if (picture.skipped() > 0) {
            parts.add(picture.skipped() + " skipped");
        }
        if (!picture.isOver() && !picture.running().isEmpty()) {
            parts.add(picture.running().size() + " running");
        }
        return String.join(", ", parts) + ".";
    }

    private static String jobs(int count) {
        return count + (count == 1 ? " job" : " jobs");
    }

    private String command(String words) {
        return "experimaestro " + words + " --workdir "
                + ShellWord.of(watch.workspace().root().toString());
    }

    /** Returns a line for each group of failures whose messages differ in numbers only. */
    private List<String> failures(List<Failure> failures) {
        Map<String, List<Failure>> groups = new LinkedHashMap<>();
        for (Failure failure : failures) {
            groups.computeIfAbsent(NUMBER.matcher(failure.message()).replaceAll("0"), key -> new ArrayList<>())
                    .add(failure);
        }
        List<String> lines = new ArrayList<>();
        for (List<Failure> group : groups.values().stream().limit(MOST_GROUPS).toList()) {
            Set<String> jobs = group.stream().map(Failure::job).collect(Collectors.toCollection(LinkedHashSet::new));
            String message = VisibleText.cut(group.getFirst().message(), LONGEST_MESSAGE);
            lines.add((jobs.size() == 1 ? "" : jobs(jobs.size()) + ", ")
                    + names(jobs)
                    + (message.isEmpty() ? "" : ": " + message));
        }
        if (groups.size() > MOST_GROUPS) {
            lines.add("… and failures of " + (groups.size() - MOST_GROUPS) + " other kinds");
        }
        return lines;
    }

    private String names(Collection<String> jobs) {
        List<String> shown = jobs.stream().limit(MOST_NAMES).toList();
        Map<String, Map<String, Object>> tags = watch.tags(shown);
        String names = shown.stream()
                .map(job -> name(job, tags.getOrDefault(job, Map.of())))
                .collect(Collectors.joining(", "));
        return jobs.size() > MOST_NAMES ? names + ", …" : names;
    }

    private static String name(String job, Map<String, Object> tags) {
        String shown = job.substring(0, job.indexOf('/') + 1 + ID_DIGITS);
        return VisibleText.of(
                tags.isEmpty()
                        ? shown
                        : shown + " ("
                                + tags.entrySet().stream()
                                        .map(tag -> tag.getKey() + "=" + TagValue.show(tag.getValue()))
                                        .collect(Collectors.joining(" "))
                                + ")");
    }
}

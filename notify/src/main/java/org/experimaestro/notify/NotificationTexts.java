package org.experimaestro.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 6_000;

    private static final int ID_DIGITS = 8;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final RunWatch watch;

    NotificationTexts(RunWatch watch) {
        this.watch = watch;
    }

    /**
     * Makes the notification that is due.
     *
     * @param due the notification
     * @param receiver whom it is for, as {@link Receiver} names it
     * @param picture the run
     * @param lastSign the time of the last sign of progress
     * @param now the time
     */
    Notification of(Due due, String receiver, RunPicture picture, Instant lastSign, Instant now) {
        RunFolder run = watch.run();
        List<Failure> untold = picture.failuresAfter(due.toldBefore());
        List<String> lines = new ArrayList<>();
        String title = switch (due.event()) {
            case FAILURE -> {
                lines.addAll(failures(untold));
                lines.add(progress(picture));
                lines.add(command("jobs list state=failed --experiment " + ShellWord.of(run.experiment())));
                yield run.experiment() + ": " + failed(untold.size(), due.toldBefore() > 0);
            }
            case END -> {
                lines.add(progress(picture) + took(picture));
                if (picture.outcome().equals(RunPicture.DIED)) {
                    lines.add("Its process on " + picture.host()
                            + " disappeared without recording a result. Run the same command again to go on.");
                }
                lines.addAll(failures(untold));
                lines.add(command("runs show " + ShellWord.of(run.qualifiedName())));
                yield end(picture, run.experiment());
            }
            case STALL -> {
                lines.add(jobs(picture.running().size())
                        + (picture.running().size() == 1 ? " runs: " : " run: ")
                        + names(List.of(List.copyOf(picture.running()))).getFirst());
                lines.add("No job has ended, printed a line, or reported progress since then.");
                lines.add(progress(picture));
                yield run.experiment() + ": no progress for " + DurationWords.of(Duration.between(lastSign, now));
            }
        };
        Map<NotificationField, String> fields = fields(picture, run);
        fields.put(NotificationField.EVENT, due.event().word());
        fields.put(NotificationField.TITLE, VisibleText.cut(title, LONGEST_TITLE));
        fields.put(NotificationField.TEXT, cut(String.join("\n", lines)));
        String workspace = watch.workspace().root().toString();
        String key = String.join("\n", workspace, run.qualifiedName(), due.name(), receiver);
        return new Notification(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(), fields);
    }

    private static String failed(int count, boolean isMore) {
        String what =
                isMore ? count + " more " + (count == 1 ? "job" : "jobs") : count == 1 ? "a job" : count + " jobs";
        return what + (count == 1 ? " has failed" : " have failed");
    }

    private static String took(RunPicture picture) {
        return picture.began().isPresent() && picture.ended().isPresent()
                ? " It took "
                        + DurationWords.of(Duration.between(
                                picture.began().get(), picture.ended().get()))
                        + "."
                : "";
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
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
        String done = picture.done() + " of " + jobs(picture.jobs()) + " done";
        return experiment
                + switch (picture.outcome()) {
                    case "done" -> " is done: " + jobs(picture.jobs());
                    case "failed" -> " has failed: " + picture.failed() + " of " + jobs(picture.jobs());
                    case "stopped" -> " was stopped: " + done;
                    case "submitted" -> " is submitted: " + jobs(picture.jobs()) + " at their launchers";
                    case RunPicture.DIED -> " has ended without a result: " + done;
                    default -> " has ended: " + picture.outcome();
                };
    }

    private static String progress(RunPicture picture) {
        List<String> parts = new ArrayList<>(List.of(picture.done() + " of " + jobs(picture.jobs()) + " done"));
        add(parts, picture.failed(), "failed");
        add(parts, picture.skipped(), "skipped");
        add(parts, picture.left(), "left to go on");
        add(parts, picture.isOver() ? 0 : picture.running().size(), "running");
        return String.join(", ", parts) + ".";
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
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
        List<List<Failure>> shown = groups.values().stream().limit(MOST_GROUPS).toList();
        List<String> names = names(shown.stream()
                .map(group -> group.stream().map(Failure::job).toList())
                .toList());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            List<Failure> group = shown.get(i);
            String message = group.getFirst().message();
            lines.add((group.size() == 1 ? "" : jobs(group.size()) + ", ")
                    + names.get(i)
                    + (message.isEmpty() ? "" : ": " + message));
        }
        if (groups.size() > MOST_GROUPS) {
            lines.add("… and failures of " + (groups.size() - MOST_GROUPS) + " other kinds");
        }
        return lines;
    }

    /** Returns the first names of each group of jobs with their tags, for which the submissions are read once. */
    private List<String> names(List<List<String>> groups) {
        Set<String> shown = new HashSet<>();
        groups.forEach(jobs -> shown.addAll(jobs.subList(0, Math.min(MOST_NAMES, jobs.size()))));
        Map<String, Map<String, Object>> tags = watch.tags(shown);
        return groups.stream()
                .map(jobs -> jobs.stream()
                                .limit(MOST_NAMES)
                                .map(job -> name(job, tags.getOrDefault(job, Map.of())))
                                .collect(Collectors.joining(", "))
                        + (jobs.size() > MOST_NAMES ? ", …" : ""))
                .toList();
    }

    private static String name(String job, Map<String, Object> tags) {
        String shown = job.substring(0, job.indexOf('/') + 1 + ID_DIGITS);
        String text = tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + TagValue.show(tag.getValue()))
                .collect(Collectors.joining(" "));
        return VisibleText.cut(text.isEmpty() ? shown : shown + " (" + text + ")", LONGEST_NAME);
    }
}
